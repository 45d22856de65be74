package me.ehlo.talk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import me.ehlo.trace.Folded;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Plain;
import me.ehlo.trace.Utterance;

/** Makes of what was said the lines on a screen: colour, times at the right, and explanations that fit the width. */
final class Painter {
  private static final String OFF = "\033[0m";
  private static final String BLUE = "\033[34m";
  private static final String RED = "\033[31m";
  private static final String BOLD = "\033[1m";
  private static final String DIM = "\033[2m";
  private static final int WIDE = 100;
  private static final int NARROWEST = 20;
  private static final int READABLE = 110;

  private final Looks looks;

  Painter(Looks looks) {
    this.looks = looks;
  }

  /** The lines; {@code width} in columns, 0: no terminal. */
  List<String> lines(Utterance utterance, Duration took, int width) {
    String line = readable(utterance.line());
    List<String> parts = new ArrayList<>(parts(line, utterance.mark(), width));
    String last = parts.removeLast();
    List<String> lines = new ArrayList<>();
    parts.forEach(part -> lines.add(paint(part, utterance.mark())));
    String time = took.isZero() || !showsTimes(width) ? "" : time(took);
    String behind = time.isEmpty() ? "" : gap(last, time, width) + dim(time);
    lines.add(paint(last, utterance.mark()) + behind);
    return lines;
  }

  /** Some words of what is going on, which other words follow on the same line. */
  String muttered(String part) {
    return part.isBlank() ? part : paint(readable(part), Mark.INFO);
  }

  /** What is ours fits the width; what was said is one line, which the terminal lays out. */
  private static List<String> parts(String line, Mark mark, int width) {
    return switch (mark) {
      case ADVICE ->
          Folded.lines(line, width > 0 ? Math.clamp(width, NARROWEST, READABLE) : READABLE);
      case INFO, ERROR ->
          width > 0 ? Folded.lines(line, Math.max(width, NARROWEST)) : List.of(line);
      default -> List.of(line);
    };
  }

  /** How long something took, for people: {@code 84 ms}, {@code 12.0 s}. */
  static String time(Duration took) {
    long millis = took.toMillis();
    return millis < 10_000 ? millis + " ms" : millis / 1000 + "." + millis % 1000 / 100 + " s";
  }

  private boolean showsTimes(int width) {
    return looks.times() || width >= WIDE;
  }

  private static String gap(String line, String time, int width) {
    int column = (width > 0 ? Math.min(width, WIDE) : WIDE - 10) - 2;
    int used = width > 0 ? line.length() % width : line.length();
    int gap = column - used - time.length();
    return " ".repeat(gap >= 2 || width == 0 ? Math.max(gap, 2) : gap + width);
  }

  private String paint(String line, Mark mark) {
    return looks.colour() && !style(mark).isEmpty() ? style(mark) + line + OFF : line;
  }

  private String dim(String text) {
    return looks.colour() ? DIM + text + OFF : text;
  }

  private String style(Mark mark) {
    return switch (mark) {
      case ADVICE, INFO -> DIM;
      case ERROR -> BOLD;
      // Red means "received" and nothing else: a refusal is bold, and its mark says so.
      case REFUSED, REFUSED_TLS -> BOLD + (looks.classic() ? RED : "");
      default -> !looks.classic() ? "" : mark.isSent() ? BLUE : RED;
    };
  }

  private String readable(String text) {
    return looks.unicode() ? text : Plain.ascii(text);
  }
}
