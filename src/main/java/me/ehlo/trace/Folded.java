package me.ehlo.trace;

import java.util.ArrayList;
import java.util.List;

/** A line of a conversation on a screen that is narrower: cut between words, each part behind the same mark. */
public final class Folded {
  private static final int MARK = 3;

  private Folded() {}

  /**
   * The parts, in order; a word that is longer than a part is not cut.
   *
   * @param line with its mark, as {@link Utterance#line()} has it
   * @param width in columns
   */
  public static List<String> lines(String line, int width) {
    int indent = Math.min(indent(line, width), width / 2);
    List<String> parts = new ArrayList<>();
    String rest = line;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      if (space <= indent || rest.substring(indent, space).isBlank()) {
        space = rest.indexOf(' ', Math.max(width, indent));
      }
      if (space < 0) {
        break;
      }
      parts.add(rest.substring(0, space).stripTrailing());
      rest = mark(line) + " ".repeat(Math.max(indent - MARK, 1)) + rest.substring(space).strip();
    }
    parts.add(rest);
    return parts;
  }

  private static String mark(String line) {
    return line.substring(0, Math.min(MARK, line.length()));
  }

  /** Where the text begins, behind the mark; of a table's row, where its second column does, if there is room for it. */
  private static int indent(String line, int width) {
    int at = afterSpaces(line, MARK);
    int gap = at > MARK + 1 ? line.indexOf("   ", at) : -1;
    int second = gap > 0 ? afterSpaces(line, gap) : at;
    return second > width / 2 ? at : second;
  }

  private static int afterSpaces(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
    return at;
  }
}
