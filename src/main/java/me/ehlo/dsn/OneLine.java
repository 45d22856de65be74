package me.ehlo.dsn;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Other people's text made fit for one line of ours: whatever it holds, it can begin no line or field of its own. */
final class OneLine {
  private static final int WORD_MAX = 300; // RFC 5322 §2.1.1: a line has at most 998 octets
  private static final char LINE_SEPARATOR = '\u2028';
  private static final char PARAGRAPH_SEPARATOR = '\u2029';

  private OneLine() {}

  /** A space for everything that ends a line or moves a terminal's cursor. */
  static String of(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.chars().forEach(c -> clean.append(isHarmful((char) c) ? ' ' : (char) c));
    return clean.toString().strip();
  }

  /** The same in printable ASCII; {@code ?} for every other character. */
  static String ascii(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    of(text).codePoints().forEach(c -> ascii.append(c > '~' ? '?' : (char) c));
    return ascii.toString();
  }

  static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /** Characters as the octets of their UTF-8, each shown as a character again. */
  static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /**
   * Breaks it between words into lines of at most so many characters; a longer word has a line of its own, and one that no
   * line may hold is broken.
   */
  static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : words(text)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    String clean = of(text);
    int from = 0;
    while (from < clean.length()) {
      int space = clean.indexOf(' ', from);
      int end = Math.min(space < 0 ? clean.length() : space, from + WORD_MAX);
      if (end > from) {
        words.add(clean.substring(from, end));
      }
      from = end == space ? end + 1 : end;
    }
    return words;
  }

  private static boolean isHarmful(char c) {
    return Character.isISOControl(c) || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
  }
}
