package me.ehlo.check;

import java.util.Optional;

/** What looks like an address to whoever reads a text. It is found in one pass: the text is somebody else's, and long. */
record ShownAddress(String address, String domain) {
  private static final String BETWEEN = "<>\"'(),;:";

  /** The first one. */
  static Optional<ShownAddress> in(String text) {
    int from = 0;
    while (from < text.length()) {
      int to = from;
      while (to < text.length() && !isBetween(text.charAt(to))) {
        to++;
      }
      Optional<ShownAddress> found = inWord(text.substring(from, to));
      if (found.isPresent()) {
        return found;
      }
      from = to + 1;
    }
    return Optional.empty();
  }

  /** The last @ of those behind which a domain stands. */
  private static Optional<ShownAddress> inWord(String word) {
    int end = word.length();
    for (int at = word.lastIndexOf('@'); at > 0; at = word.lastIndexOf('@', at - 1)) {
      String domain = domain(word.substring(at + 1, end));
      if (!domain.isEmpty()) {
        return Optional.of(new ShownAddress(word.substring(0, at + 1) + domain, domain));
      }
      end = at;
    }
    return Optional.empty();
  }

  /** To the last dot that something stands before and a label behind, and that label; empty: there is none. */
  private static String domain(String text) {
    for (int dot = text.lastIndexOf('.'); dot > 0; dot = text.lastIndexOf('.', dot - 1)) {
      int behind = dot + 1;
      while (behind < text.length() && isOfLabel(text.charAt(behind))) {
        behind++;
      }
      if (behind > dot + 1) {
        return text.substring(0, behind);
      }
    }
    return "";
  }

  private static boolean isBetween(char c) {
    return c <= ' ' || BETWEEN.indexOf(c) >= 0;
  }

  private static boolean isOfLabel(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-';
  }
}
