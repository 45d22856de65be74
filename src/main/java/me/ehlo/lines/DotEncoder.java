package me.ehlo.lines;

/**
 * Writes content as the inside of a multi-line response (RFC 1939 §3, RFC 5321 §4.5.2): a dot in front of each dot that
 * begins a line, and at the end CRLF, where it is missing, and a line with a dot.
 *
 * <p>The content's lines end in CRLF, and it holds no other CR or LF. A piece without such a dot, which is nearly every
 * piece, is given back as it is.
 */
public final class DotEncoder {
  private static final byte[] END = {'.', '\r', '\n'};
  private static final byte[] END_OF_OPEN_LINE = {'\r', '\n', '.', '\r', '\n'};

  private boolean lineStart = true;

  /** The piece as it goes on the wire. */
  public byte[] encode(byte[] piece) {
    if (piece.length == 0) {
      return piece;
    }
    int dots = dots(piece);
    byte[] encoded = dots == 0 ? piece : stuffed(piece, dots);
    lineStart = piece[piece.length - 1] == '\n';
    return encoded;
  }

  /** What follows the last piece. */
  public byte[] end() {
    return (lineStart ? END : END_OF_OPEN_LINE).clone();
  }

  private int dots(byte[] piece) {
    int dots = lineStart && piece[0] == '.' ? 1 : 0;
    for (int i = 1; i < piece.length; i++) {
      if (piece[i] == '.' && piece[i - 1] == '\n') {
        dots++;
      }
    }
    return dots;
  }

  private byte[] stuffed(byte[] piece, int dots) {
    byte[] stuffed = new byte[piece.length + dots];
    int to = 0;
    boolean atStart = lineStart;
    for (byte octet : piece) {
      if (atStart && octet == '.') {
        stuffed[to++] = '.';
      }
      stuffed[to++] = octet;
      atStart = octet == '\n';
    }
    return stuffed;
  }
}
