package me.ehlo.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.function.IntPredicate;

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
    return escaped(text.replace('\t', ' '), c -> isObeyed(c) || isUnseen(c));
  }

  /** A text as whoever has written it knows it, tabs and all, but for what a terminal would obey, and octets that are no UTF-8. */
  public static String typed(String text) {
    return escaped(text, c -> c != '\t' && isObeyed(c));
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

  private static String escaped(String text, IntPredicate isEscaped) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (isEscaped.test(c)) {
            out.append(escape(c));
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }

  private static boolean isObeyed(int c) {
    return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
  }

  private static boolean isUnseen(int c) {
    return switch (Character.getType(c)) {
      case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  /** An octet as /raw takes it; what is more than one, as Java writes it. */
  private static String escape(int c) {
    return c < 128 || Lossless.isOctet(c) ? "\\x%02x".formatted(c & 0xFF) : "\\u%04x".formatted(c);
  }
}
