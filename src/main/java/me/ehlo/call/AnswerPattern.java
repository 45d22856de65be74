package me.ehlo.call;

import java.util.ArrayList;
import java.util.List;
import me.ehlo.script.LinePattern;
import me.ehlo.script.Script.Expected;

/**
 * The lines of a script that stand for one answer.
 *
 * @param begin how its first line begins: {@code 250-}, {@code 5xx}, {@code +OK}; empty: it is not said
 * @param status the enhanced status that it wants to see; empty: it is not said
 * @param hasLines whether more lines than one are expected
 */
record AnswerPattern(String begin, String status, boolean hasLines) {
  private static final int CODE_DIGITS = 3;

  /** Cuts the expected lines into answers: one ends with a line that has no hyphen behind its code. */
  static List<AnswerPattern> of(List<Expected> expected) {
    List<AnswerPattern> answers = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (Expected line : expected) {
      String text = text(line);
      if (isResponse(text) && !open.isEmpty()) { // POP3 has no hyphens: the next one begins
        answers.add(answer(open));
        open.clear();
      }
      open.add(text);
      if (endsReply(line.pattern(), text)) {
        answers.add(answer(open));
        open.clear();
      }
    }
    if (!open.isEmpty()) {
      answers.add(answer(open));
    }
    return answers;
  }

  /** Whether both sides still talk of the same: what is content for one is content for the other. */
  static boolean inStep(List<AnswerPattern> patterns, List<Heard> heard) {
    boolean wanted = patterns.stream().anyMatch(pattern -> pattern.begin.startsWith("3"));
    boolean given = heard.stream().anyMatch(answer -> answer.kind() == Heard.Kind.GO_ON);
    return wanted == given && heard.stream().noneMatch(it -> it.kind() == Heard.Kind.NONSENSE);
  }

  boolean allowsCode(Heard heard) {
    String line = heard.lines().getFirst();
    if (begin.endsWith("xx")) {
      return line.startsWith(begin.substring(0, 1));
    }
    return line.startsWith(begin.substring(0, Math.min(CODE_DIGITS, begin.length())));
  }

  boolean allowsStatus(Heard heard) {
    return status.isEmpty() || heard.status().map(Object::toString).orElse("").equals(status);
  }

  private static AnswerPattern answer(List<String> lines) {
    String first = lines.getFirst().equals("...") ? "" : lines.getFirst();
    String begin = first.substring(0, Math.min(CODE_DIGITS + 1, first.length())).strip();
    String rest = first.length() > CODE_DIGITS ? first.substring(CODE_DIGITS + 1) : "";
    String word = rest.contains(" ") ? rest.substring(0, rest.indexOf(' ')) : rest;
    boolean isStatus = word.length() > 4 && word.charAt(1) == '.' && !word.contains("*");
    return new AnswerPattern(begin.replace("-", ""), isStatus ? word : "", lines.size() > 1);
  }

  private static String text(Expected line) {
    return line.shown().substring(2).stripLeading();
  }

  private static boolean isResponse(String text) {
    return text.startsWith("+") || text.startsWith("-ERR");
  }

  private static boolean endsReply(LinePattern pattern, String text) {
    return !(pattern instanceof LinePattern.AnyLines)
        && text.length() >= CODE_DIGITS
        && "2345".indexOf(text.charAt(0)) >= 0
        && (text.length() == CODE_DIGITS || text.charAt(CODE_DIGITS) != '-');
  }
}
