package me.ehlo.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;

/**
 * What comes over a connection under TLS, cut into its records (RFC 8446 §5.1).
 *
 * <p>An idle connection keeps a small buffer: one for a whole record is only there while a large one is coming.
 */
final class TlsRecords {
  private static final int HANDSHAKE = 22;
  private static final int FIRST_TYPE = 20;
  private static final int LAST_TYPE = 24;
  private static final int MAJOR_VERSION = 3;
  private static final int HEADER = 5;
  private static final int LENGTH_MAX = (1 << 14) + 2048; // RFC 5246 §6.2.3
  private static final int SMALL = 1024;
  private static final int LARGE = 2 * (HEADER + LENGTH_MAX);

  private final InputStream in;
  private byte[] came;
  private int start;
  private int end;

  /**
   * @param early what has come already
   */
  TlsRecords(InputStream in, byte[] early) {
    this.in = in;
    this.came = early;
    this.end = early.length;
  }

  /** Whether a whole record is here. */
  boolean holdsOne() throws SSLException {
    return end - start >= HEADER && end - start >= length();
  }

  /** How long the record is that is here, with its header; what is in it is always shorter. */
  int length() throws SSLException {
    int type = came[start] & 0xFF;
    int length = (came[start + 3] & 0xFF) << 8 | came[start + 4] & 0xFF;
    if (type < FIRST_TYPE
        || type > LAST_TYPE
        || came[start + 1] != MAJOR_VERSION
        || length > LENGTH_MAX) {
      throw new SSLException("what comes is not TLS");
    }
    return HEADER + length;
  }

  /** Whether the record that is here says openly that it belongs to a handshake. */
  boolean isHandshake() {
    return (came[start] & 0xFF) == HANDSHAKE;
  }

  /** The record that is here, as the JDK wants it. */
  ByteBuffer next() throws SSLException {
    return ByteBuffer.wrap(came, start, length());
  }

  /** The record that was here is done with. */
  void took(int octets) {
    start += octets;
  }

  /**
   * Waits for more.
   *
   * @param much whether a lot is expected
   * @return false when there will be no more
   */
  boolean fill(boolean much) throws IOException {
    makeRoom(much);
    int read = in.read(came, end, came.length - end);
    end += Math.max(0, read);
    return read > 0;
  }

  /** Whether more has come, as far as the system knows. */
  boolean isFilling() throws IOException {
    return in.available() > 0;
  }

  /** What is held is less than a record, and so less than the buffer for one. */
  private void makeRoom(boolean much) throws SSLException {
    int held = end - start;
    int size = much || held >= HEADER && length() > SMALL ? LARGE : SMALL;
    byte[] room = came.length == size ? came : new byte[size];
    System.arraycopy(came, start, room, 0, held);
    came = room;
    start = 0;
    end = held;
  }
}
