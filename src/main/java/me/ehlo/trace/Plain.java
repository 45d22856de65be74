package me.ehlo.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Octets from outside as a person may see them: UTF-8 if they are, and nothing that a terminal would obey. */
public final class Plain {
  private Plain() {}

  /** These octets, tabs as spaces, what a terminal would obey as {@code \\x1b}. */
  public static String text(byte[] octets) {
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      text = new String(octets, ISO_8859_1);
    }
    return harmless(text);
  }

  /** The same for a text. */
  public static String harmless(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  /** A text where only ASCII can be shown: signs in another way, letters as question marks. */
  public static String ascii(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '\u2026' -> out.append("...");
            case '\u2013', '\u2014' -> out.append('-');
            case '\u2018', '\u2019' -> out.append('\'');
            case '\u201c', '\u201d' -> out.append('"');
            case '\u00a7' -> out.append("section ");
            default -> out.append(c < 128 ? Character.toString(c) : "?");
          }
        });
    return out.toString();
  }

  private static void append(StringBuilder out, int c) {
    if (c == '\t') {
      out.append(' ');
    } else if (Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT
        || Character.getType(c) == Character.LINE_SEPARATOR
        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR) {
      out.append("\\x").append(Integer.toHexString(c)); // as /raw takes it
    } else {
      out.appendCodePoint(c);
    }
  }
}
