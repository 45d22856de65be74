package me.ehlo.sasl;

/** Other people's words made fit for a sentence of ours. */
final class Plainly {
  private static final int LENGTH_MAX = 300;

  private Plainly() {}

  /** In quotes, cut where it is long, octets that move a terminal's cursor shown by their number. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().limit(LENGTH_MAX).forEach(c -> append(quoted, c));
    return quoted.append(text.length() > LENGTH_MAX ? "...\"" : "\"").toString();
  }

  private static void append(StringBuilder text, int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          text.append(c < 0x100 ? "\\x%02x".formatted(c) : "\\u%04x".formatted(c));
      default -> text.appendCodePoint(c);
    }
  }
}
