package me.ehlo.send;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a text as programs on Unix write it, and cuts it into lines: LF ends one, as does CRLF, and as many CR before the LF
 * as there are. NULs are left out, as no mail may have one.
 */
final class UnixText {
  private static final int PIECE_OCTETS = 64 * 1024;

  private final boolean dotIsText;
  private final Lines lines;
  private boolean lineStart = true;
  private boolean carriageReturn;
  private boolean dot;
  private boolean ended;

  /** Who wants to have the lines. */
  interface Lines {
    void octet(byte octet) throws IOException;

    void end() throws IOException;

    /** A CR stands there and no LF behind it, as progress bars write them. */
    void loneReturn() throws IOException;
  }

  /**
   * @param dotIsText whether a line with nothing but a dot is no end
   */
  UnixText(boolean dotIsText, Lines lines) {
    this.dotIsText = dotIsText;
    this.lines = lines;
  }

  /** Reads to the end: that of the input, or a dot alone on its line. */
  void read(InputStream in) throws IOException {
    byte[] piece = new byte[PIECE_OCTETS];
    int length = in.read(piece);
    while (length >= 0 && !ended) {
      for (int i = 0; i < length && !ended; i++) {
        take(piece[i]);
      }
      length = ended ? -1 : in.read(piece);
    }
    if (!ended && !dot && (!lineStart || carriageReturn)) {
      lines.end();
    }
  }

  private void take(byte octet) throws IOException {
    switch (octet) {
      case 0 -> {}
      case '\n' -> endLine();
      case '\r' -> carriageReturn = true;
      default -> text(octet);
    }
  }

  private void endLine() throws IOException {
    carriageReturn = false;
    lineStart = true;
    if (dot) {
      ended = true;
    } else {
      lines.end();
    }
  }

  private void text(byte octet) throws IOException {
    boolean first = lineStart && !carriageReturn;
    if (dot) {
      lines.octet((byte) '.');
    }
    dot = false;
    if (carriageReturn) {
      lines.loneReturn();
    }
    carriageReturn = false;
    lineStart = false;
    if (first && octet == '.' && !dotIsText) {
      dot = true; // until it is known what follows
    } else {
      lines.octet(octet);
    }
  }
}
