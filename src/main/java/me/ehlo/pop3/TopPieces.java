package me.ehlo.pop3;

import java.util.Arrays;
import me.ehlo.mail.StorageFailure;

/** A mail's header, the empty line, and the first lines of its body (RFC 1939 §7 TOP). */
final class TopPieces implements Pieces {
  private final Pieces content;
  private int linesLeft;
  private boolean inHeader = true;
  private boolean lineIsEmpty = true;
  private boolean ended;

  TopPieces(Pieces content, int lines) {
    this.content = content;
    this.linesLeft = lines;
  }

  @Override
  public byte[] next() throws StorageFailure {
    if (ended) {
      return new byte[0];
    }
    byte[] piece = content.next();
    for (int i = 0; i < piece.length; i++) {
      if (piece[i] == '\n' && isLast()) {
        ended = true;
        return Arrays.copyOf(piece, i + 1);
      }
      lineIsEmpty = piece[i] == '\n' || lineIsEmpty && piece[i] == '\r';
    }
    return piece;
  }

  /** Whether the line that ends here is the last one wanted. */
  private boolean isLast() {
    if (!inHeader) {
      linesLeft--;
    } else if (lineIsEmpty) {
      inHeader = false;
    }
    return !inHeader && linesLeft == 0;
  }

  @Override
  public void close() {
    content.close();
  }
}
