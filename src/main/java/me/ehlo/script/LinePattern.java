package me.ehlo.script;

import java.util.List;

/** How a line of the server must look, or that any number of lines may come. */
public sealed interface LinePattern {

  /** {@code ...}: any number of lines. */
  record AnyLines() implements LinePattern {}

  /** Exactly these characters. */
  record Exactly(String text) implements LinePattern {}

  /** {@code 250 * ok}: these pieces, with anything between two of them. */
  record Glob(List<String> pieces) implements LinePattern {
    public Glob {
      pieces = List.copyOf(pieces);
    }
  }

  /** {@code 5xx}: a code of this class, and then the rest. */
  record OfClass(char first, Glob rest) implements LinePattern {}

  /** Reads what stands behind {@code S:}. */
  static LinePattern parse(String text) {
    if (text.equals("...")) {
      return new AnyLines();
    }
    boolean ofClass = text.length() >= 3 && "2345".indexOf(text.charAt(0)) >= 0;
    if (ofClass && text.startsWith("xx", 1)) {
      String rest = text.length() == 3 ? " *" : text.substring(3);
      return new OfClass(text.charAt(0), glob(rest));
    }
    return glob(text);
  }

  private static Glob glob(String text) {
    return new Glob(List.of(text.split("\\*", -1)));
  }

  /** Whether this is such a line; of {@link AnyLines} every line is one. */
  default boolean matches(String line) {
    return switch (this) {
      case AnyLines() -> true;
      case Exactly(var text) -> text.equals(line);
      case Glob(var pieces) -> matches(pieces, line);
      case OfClass(var first, var rest) ->
          line.length() >= 3
              && line.charAt(0) == first
              && isDigit(line.charAt(1))
              && isDigit(line.charAt(2))
              && matches(rest.pieces(), line.substring(3));
    };
  }

  /** Each piece as early as it can be, the last at the end: linear, however the line is made. */
  private static boolean matches(List<String> pieces, String line) {
    if (pieces.size() == 1) {
      return line.equals(pieces.getFirst());
    }
    int at = line.startsWith(pieces.getFirst()) ? pieces.getFirst().length() : -1;
    for (String piece : pieces.subList(1, pieces.size() - 1)) {
      int found = at < 0 ? -1 : line.indexOf(piece, at);
      at = found < 0 ? -1 : found + piece.length();
    }
    return at >= 0
        && line.length() - at >= pieces.getLast().length()
        && line.endsWith(pieces.getLast());
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
