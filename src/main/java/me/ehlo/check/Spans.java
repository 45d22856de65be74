package me.ehlo.check;

import java.time.Duration;

/** Spans of seconds up to years, as people say them. */
final class Spans {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Spans() {}

  /** {@code 4 s}, {@code 5 min 3 s}, {@code 2 h 7 min}, {@code 3 days 4 h}. */
  static String of(Duration span) {
    long seconds = span.toSeconds();
    if (seconds < MINUTE) {
      return seconds + " s";
    }
    if (seconds < HOUR) {
      return two(seconds / MINUTE + " min", seconds % MINUTE, " s");
    }
    if (seconds < DAY) {
      return two(seconds / HOUR + " h", seconds % HOUR / MINUTE, " min");
    }
    long days = seconds / DAY;
    return two(days + (days == 1 ? " day" : " days"), seconds % DAY / HOUR, " h");
  }

  private static String two(String large, long small, String unit) {
    return small == 0 ? large : large + " " + small + unit;
  }
}
