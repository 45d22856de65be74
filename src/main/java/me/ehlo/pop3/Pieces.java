package me.ehlo.pop3;

import me.ehlo.mail.StorageFailure;

/** Octets that come one piece after the other, so that a large mail or listing never stands in memory whole. */
public interface Pieces extends AutoCloseable {

  /** Nothing. */
  Pieces NONE = of(new byte[0]);

  /** The next piece; an empty array after the last. */
  byte[] next() throws StorageFailure;

  @Override
  void close();

  /** One piece that is already there. */
  static Pieces of(byte[] octets) {
    return new Pieces() {
      private byte[] rest = octets;

      @Override
      public byte[] next() {
        byte[] now = rest;
        rest = new byte[0];
        return now;
      }

      @Override
      public void close() {}
    };
  }
}
