package me.ehlo.queue;

import java.time.Duration;
import java.time.Instant;

/** Spans of time as people say them. */
final class Spans {
  private Spans() {}

  /** {@code 5 days}, {@code 3 hours}, {@code 1 minute}: the largest unit of which there are two, or the next. */
  static String inWords(Instant from, Instant to) {
    Duration span = Duration.between(from, to);
    if (span.toDays() >= 2) {
      return counted(span.toDays(), "day");
    }
    if (span.toHours() >= 2) {
      return counted(span.toHours(), "hour");
    }
    return span.toMinutes() >= 2
        ? counted(span.toMinutes(), "minute")
        : counted(span.toSeconds(), "second");
  }

  private static String counted(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s");
  }
}
