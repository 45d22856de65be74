package me.ehlo.control;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import me.ehlo.explain.Explanation;
import me.ehlo.explain.Kind;

/** Explanations as lines that fit the screen, and are at most 80 columns long. */
final class ExplainedText {
  static final int COLUMNS_MAX = 80;

  private final int columns;
  private final String section;

  /**
   * @param columns of where it is printed
   * @param charset of the same; what that cannot show is written in another way
   */
  ExplainedText(int columns, Charset charset) {
    this.columns = Math.min(columns, COLUMNS_MAX);
    this.section = charset.newEncoder().canEncode('§') ? "§" : "section ";
  }

  List<String> of(List<Explanation> explanations) {
    List<String> lines = new ArrayList<>();
    for (Explanation explanation : explanations) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(lines(explanation));
    }
    return lines;
  }

  private List<String> lines(Explanation explanation) {
    List<String> lines = new ArrayList<>();
    wrap(lines, "", "  ", explanation.subject() + kind(explanation) + ": " + explanation.title());
    explanation.syntax().ifPresent(syntax -> wrap(lines, "  > ", "    ", syntax));
    wrap(lines, "  ", "  ", explanation.means());
    explanation.todo().forEach(advice -> wrap(lines, "  - ", "    ", advice));
    wrap(
        lines,
        "  ",
        "  ",
        lasting(explanation) + explanation.source().replace("§", section) + see(explanation));
    return lines;
  }

  /** What sort of word it is, where it may be of several. */
  private static String kind(Explanation explanation) {
    return switch (explanation.kind()) {
      case CODE, STATUS, RESPONSE -> "";
      case REASON -> " (Ehlo answers " + String.join(" ", explanation.see()) + ")";
      case COMMAND -> " (command)";
      case POP3_COMMAND -> " (command of POP3)";
      case EXTENSION -> " (offered by a server)";
      case PARAMETER -> " (behind MAIL or RCPT)";
      case MECHANISM -> " (way to log in)";
      case WORDING -> " (what servers say)";
    };
  }

  private static String lasting(Explanation explanation) {
    return switch (explanation.lasting()) {
      case TRANSIENT -> "For now: the same may go well later. ";
      case PERMANENT -> "For good: the same again gets the same answer. ";
      case OK, CONTINUE, NONE -> "";
    };
  }

  private static String see(Explanation explanation) {
    return explanation.see().isEmpty() || explanation.kind() == Kind.REASON
        ? "."
        : ". See also " + String.join(", ", explanation.see()) + ".";
  }

  /** Adds the text in lines, cut at spaces; a word that is longer than a line stands alone. */
  private void wrap(List<String> lines, String first, String next, String text) {
    StringBuilder line = new StringBuilder(first);
    int start = first.length();
    for (String word : text.split(" ")) {
      if (line.length() > start && line.length() + 1 + word.length() > columns) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(next);
        start = next.length();
      }
      line.append(line.length() > start ? " " : "").append(word);
    }
    lines.add(line.toString());
  }
}
