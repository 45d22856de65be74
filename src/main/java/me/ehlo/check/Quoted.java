package me.ehlo.check;

/** What somebody else has written, as it stands in a sentence. */
final class Quoted {
  private static final int LENGTH_MAX = 300;

  private Quoted() {}

  /** In quotes, of a long one the beginning. */
  static String of(String text) {
    String blank = text.replaceAll("\\s+", " ").strip();
    return "\""
        + (blank.length() > LENGTH_MAX ? blank.substring(0, LENGTH_MAX) + "..." : blank)
        + "\"";
  }
}
