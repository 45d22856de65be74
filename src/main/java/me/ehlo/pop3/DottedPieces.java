package me.ehlo.pop3;

import me.ehlo.lines.DotEncoder;
import me.ehlo.mail.StorageFailure;

/**
 * A mail as a multi-line response (RFC 1939 §3): dots stuffed, the end marked.
 *
 * <p>The first piece is read before anything is answered, so that a store in trouble or a damaged mail is an {@code
 * -ERR} and not a response that breaks off: an ordinary mail is one piece.
 */
final class DottedPieces implements Pieces {
  private final Pieces content;
  private final DotEncoder encoder = new DotEncoder();
  private byte[] read;
  private boolean ended;

  private DottedPieces(Pieces content, byte[] first) {
    this.content = content;
    this.read = first;
  }

  static Pieces open(Pieces content) throws StorageFailure {
    boolean opened = false;
    try {
      Pieces dotted = new DottedPieces(content, content.next());
      opened = true;
      return dotted;
    } finally {
      if (!opened) {
        content.close();
      }
    }
  }

  @Override
  public byte[] next() throws StorageFailure {
    if (ended) {
      return new byte[0];
    }
    if (read.length == 0) {
      ended = true;
      return encoder.end();
    }
    byte[] encoded = encoder.encode(read);
    read = content.next();
    return encoded;
  }

  @Override
  public void close() {
    content.close();
  }
}
