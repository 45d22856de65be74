package me.ehlo.call;

import java.util.List;
import java.util.Locale;

/**
 * A place where a server answers otherwise than a script expects.
 *
 * @param place the file and the line
 * @param expected as the script has it
 * @param said what was said instead, all of it
 * @param why when nothing was said; else empty
 */
public record Difference(String place, Kind kind, String expected, List<String> said, String why) {

  /** What differs, the gravest first. */
  public enum Kind {
    /** There is no answer. */
    LOST,
    /** The code is another, or there are more answers or fewer. */
    CODE,
    /** The code is the same, the enhanced status is another or missing (RFC 2034). */
    STATUS,
    /** Nothing that a program looks at. */
    WORDS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Difference {
    said = List.copyOf(said);
  }

  /** For people: what was expected and what was said, or why nothing was. */
  public String sentence() {
    String instead =
        switch (said.size()) {
          case 0 -> why.isEmpty() ? "nothing was said" : why;
          case 1 -> "said  " + said.getFirst();
          default -> "said  " + said.getFirst() + " ... " + said.getLast();
        };
    return place + ": expected  " + expected + ",  " + instead;
  }

  /** What is gravest of all. */
  public static Kind gravest(List<Difference> differences) {
    return differences.stream().map(Difference::kind).min(Kind::compareTo).orElseThrow();
  }

  /** What differs most between the answers that are expected and those that were given. */
  static Kind kind(List<AnswerPattern> patterns, List<Heard> heard) {
    if (patterns.size() != heard.size()) {
      return Kind.CODE;
    }
    Kind worst = Kind.WORDS;
    for (int i = 0; i < heard.size(); i++) {
      AnswerPattern pattern = patterns.get(i);
      if (!pattern.allowsCode(heard.get(i))) {
        return Kind.CODE;
      }
      if (!pattern.allowsStatus(heard.get(i))) {
        worst = Kind.STATUS;
      }
    }
    return worst;
  }
}
