package me.ehlo.spool;

import me.ehlo.mail.Authors;
import me.ehlo.mail.StorageFailure;

/**
 * A mail that is still being received. Nothing is promised until {@link #keep} has returned.
 *
 * <p>Pieces of a large mail may be written to the store earlier; they are orphans, to be swept, until then.
 */
public interface Draft extends AutoCloseable {

  /** Adds content, as it came and unchanged. A failure leaves the draft good for nothing but {@link #close}. */
  void write(byte[] octets, int offset, int length) throws StorageFailure;

  /** Whom the header names, should the content end here; nobody looks unless somebody asks to know. */
  default Authors authors() {
    return new Authors.Unasked();
  }

  /**
   * Makes the draft a mail: content, envelope, and its place in each local maildrop, in one commit that has reached the
   * disk when this returns. Blocks until then.
   */
  void keep(Arrival arrival) throws StorageFailure;

  /** Forgets the draft, unless it was kept. */
  @Override
  void close();
}
