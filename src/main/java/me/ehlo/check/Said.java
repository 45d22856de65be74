package me.ehlo.check;

import java.time.Duration;
import java.util.Locale;
import me.ehlo.call.Heard;

/** How things are put in a finding. */
final class Said {
  private static final int LINE_MAX = 120;
  private static final long SECOND = 1000;
  private static final long TENS_OF_SECONDS = 100;

  private Said() {}

  /** The last line of an answer, as it came. */
  static String line(Heard heard) {
    return shortened(heard.lines().getLast());
  }

  /** The first line of an answer, as it came. */
  static String first(Heard heard) {
    return shortened(heard.lines().getFirst());
  }

  private static String shortened(String line) {
    return line.length() <= LINE_MAX ? line : line.substring(0, LINE_MAX) + "...";
  }

  /** {@code 27 ms}, {@code 12.0 s}, {@code 130 s}. */
  static String span(Duration span) {
    long millis = span.toMillis();
    if (millis < SECOND) {
      return millis + " ms";
    }
    long seconds = span.toSeconds();
    return seconds < TENS_OF_SECONDS
        ? String.format(Locale.ROOT, "%.1f s", millis / (double) SECOND)
        : seconds + " s";
  }

  static boolean isGreylisting(Heard heard) {
    if (heard.kind() != Heard.Kind.NOT_NOW) {
      return false;
    }
    String text = heard.text().toLowerCase(Locale.ROOT);
    return text.contains("greylist")
        || text.contains("graylist")
        || text.contains("grey list")
        || text.contains("gray list")
        || heard.status().filter(status -> status.toString().equals("4.7.1")).isPresent();
  }
}
