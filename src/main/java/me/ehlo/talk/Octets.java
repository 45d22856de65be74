package me.ehlo.talk;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import me.ehlo.trace.Lossless;

/** Octets as a person writes them: as they are typed, and {@code \r \n \t \0 \\ \x1b} for those that cannot be typed. */
final class Octets {
  private static final int HEX = 16;

  private Octets() {}

  /** The octets; empty if there is a backslash with nothing known behind it. */
  static Optional<byte[]> of(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int i = 0;
    while (i < text.length()) {
      int next = text.indexOf('\\', i);
      int end = next < 0 ? text.length() : next;
      out.writeBytes(Lossless.octets(text.substring(i, end)));
      if (next < 0) {
        break;
      }
      i = escape(text, next + 1, out);
      if (i < 0) {
        return Optional.empty();
      }
    }
    return Optional.of(out.toByteArray());
  }

  /** Returns the index behind the escape; negative: it is none. */
  private static int escape(String text, int at, ByteArrayOutputStream out) {
    if (at >= text.length()) {
      return -1;
    }
    int octet =
        switch (text.charAt(at)) {
          case 'r' -> '\r';
          case 'n' -> '\n';
          case 't' -> '\t';
          case '0' -> 0;
          case '\\' -> '\\';
          case 'x' -> hex(text, at + 1);
          default -> -1;
        };
    if (octet < 0) {
      return -1;
    }
    out.write(octet);
    return at + (text.charAt(at) == 'x' ? 3 : 1);
  }

  private static int hex(String text, int at) {
    if (at + 2 > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at), HEX);
    int low = Character.digit(text.charAt(at + 1), HEX);
    return high < 0 || low < 0 ? -1 : high * HEX + low;
  }
}
