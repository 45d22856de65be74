package me.ehlo.control;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import me.ehlo.explain.Explanation;
import me.ehlo.explain.Kind;

/** Explanations as lines of at most 80 columns. */
final class ExplainedText {
  private static final int COLUMNS = 80;

  private ExplainedText() {}

  /**
   * @param charset of where it is printed; what that cannot show is written in another way
   */
  static List<String> of(List<Explanation> explanations, Charset charset) {
    String section = charset.newEncoder().canEncode('§') ? "§" : "section ";
    List<String> lines = new ArrayList<>();
    for (Explanation explanation : explanations) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(lines(explanation, section));
    }
    return lines;
  }

  private static List<String> lines(Explanation explanation, String section) {
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
  private static void wrap(List<String> lines, String first, String next, String text) {
    StringBuilder line = new StringBuilder(first);
    int start = first.length();
    for (String word : text.split(" ")) {
      if (line.length() > start && line.length() + 1 + word.length() > COLUMNS) {
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
