package me.ehlo.spool;

import me.ehlo.mail.StorageFailure;

/** A mail's octets, piece by piece, so that a large mail never stands in memory whole. */
public interface Content extends AutoCloseable {

  /** The next piece, checked against its checksum; an empty array after the last. Pieces are at most 256 KiB. */
  byte[] next() throws StorageFailure;

  @Override
  void close();
}
