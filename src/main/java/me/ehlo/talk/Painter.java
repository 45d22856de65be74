package me.ehlo.talk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import me.ehlo.trace.Mark;
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
    if (utterance.mark() == Mark.ADVICE) {
      int columns = width > 0 ? Math.clamp(width, NARROWEST, READABLE) : READABLE;
      return wrapped(line, columns).stream().map(part -> paint(part, utterance.mark())).toList();
    }
    String painted = paint(line, utterance.mark());
    String time = took.isZero() || !showsTimes(width) ? "" : time(took);
    return List.of(time.isEmpty() ? painted : painted + gap(line, time, width) + dim(time));
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
    int column = width > 0 ? Math.min(width, WIDE) : WIDE - 10;
    return " ".repeat(Math.max(2, column - 2 - line.length() - time.length()));
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

  /** Between words, what follows below the first word. */
  private static List<String> wrapped(String line, int width) {
    int indent = indent(line, width);
    List<String> parts = new ArrayList<>();
    String rest = line;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width - 1);
      if (space <= indent) {
        break;
      }
      parts.add(rest.substring(0, space).stripTrailing());
      rest = "  #" + " ".repeat(indent - 3) + rest.substring(space).strip();
    }
    parts.add(rest);
    return parts;
  }

  /** Where the text begins, behind the mark; of a table's row, where its second column does, if there is room for it. */
  private static int indent(String line, int width) {
    int at = 3;
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
    int first = at;
    int gap = at > 4 ? line.indexOf("   ", at) : -1;
    if (gap > 0 && gap < READABLE / 2) {
      at = gap;
      while (at < line.length() && line.charAt(at) == ' ') {
        at++;
      }
    }
    return at > width / 2 ? first : at;
  }

  private String readable(String text) {
    return looks.unicode() ? text : ascii(text);
  }

  private static String ascii(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '\u2026' -> out.append("...");
            case '\u2013', '\u2014' -> out.append('-');
            case '\u2018', '\u2019' -> out.append('\'');
            case '\u201c', '\u201d' -> out.append('"');
            case '\u00a7' -> out.append("section ");
            default -> out.append(c < 128 ? Character.toString(c) : "?");
          }
        });
    return out.toString();
  }
}
