package me.ehlo.check;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.ehlo.mime.ReceivedField;

/**
 * Finds out which clocks on a mail's way can be believed, and how long each hop took.
 *
 * <p>A mail does not travel back in time. So the longest run of hops whose times do not go backwards is believed, of
 * two the one that takes less time, and every other clock is wrong by at least what it lacks to fit in between.
 */
final class Clocks {
  /** Times are told in whole seconds, and no two clocks agree to one. */
  private static final long TOLERANCE = 2;

  private final List<ReceivedField> fields;
  private final long[] seconds; // of each that has a time
  private final boolean[] believed;

  private Clocks(List<ReceivedField> fields) {
    this.fields = fields;
    this.seconds =
        fields.stream()
            .mapToLong(it -> it.at().map(OffsetDateTime::toEpochSecond).orElse(0L))
            .toArray();
    this.believed = new boolean[fields.size()];
  }

  /**
   * The hops.
   *
   * @param fields the oldest first
   */
  static List<Hop> hops(List<ReceivedField> fields) {
    Clocks clocks = new Clocks(fields);
    clocks.believe();
    List<Hop> hops = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      hops.add(new Hop(i + 1, fields.get(i), clocks.delay(i), clocks.skew(i)));
    }
    return hops;
  }

  /** Longest run that does not go backwards; the last of equally good ones, whose end is nearest to the reader. */
  private void believe() {
    int count = fields.size();
    int[] length = new int[count];
    int[] before = new int[count];
    long[] span = new long[count]; // seconds
    int best = -1;
    for (int i = 0; i < count; i++) {
      before[i] = -1;
      length[i] = fields.get(i).at().isPresent() ? 1 : 0;
      for (int j = 0; j < i && length[i] > 0; j++) {
        if (length[j] > 0 && !isBefore(i, j)) {
          long whole = span[j] + Math.max(0, seconds[i] - seconds[j]);
          if (isBetter(length[j] + 1, whole, length[i], span[i])) {
            length[i] = length[j] + 1;
            before[i] = j;
            span[i] = whole;
          }
        }
      }
      if (length[i] > 0 && (best < 0 || !isBetter(length[best], span[best], length[i], span[i]))) {
        best = i;
      }
    }
    for (int i = best; i >= 0; i = before[i]) {
      believed[i] = true;
    }
  }

  private static boolean isBetter(int length, long span, int than, long thanSpan) {
    return length > than || length == than && span < thanSpan;
  }

  private boolean isBefore(int later, int earlier) {
    return seconds[later] + TOLERANCE < seconds[earlier];
  }

  private Optional<Duration> delay(int i) {
    int earlier = i - 1;
    while (earlier >= 0 && !believed[earlier]) {
      earlier--;
    }
    return believed[i] && earlier >= 0
        ? Optional.of(Duration.ofSeconds(Math.max(0, seconds[i] - seconds[earlier])))
        : Optional.empty();
  }

  private Duration skew(int i) {
    if (believed[i] || fields.get(i).at().isEmpty()) {
      return Duration.ZERO;
    }
    for (int j = i - 1; j >= 0; j--) {
      if (believed[j] && isBefore(i, j)) {
        return between(j, i);
      }
    }
    for (int j = i + 1; j < believed.length; j++) {
      if (believed[j] && isBefore(j, i)) {
        return between(j, i);
      }
    }
    return Duration.ZERO;
  }

  private Duration between(int from, int to) {
    return Duration.ofSeconds(seconds[to] - seconds[from]);
  }
}
