package me.ehlo.queue;

import java.time.Duration;
import java.time.Instant;

/**
 * When outgoing mail is sent: at once, or kept and sent together at every full interval ({@code queue.deliver}).
 *
 * @param interval zero: at once. Runs are at multiples of it since 1970, so that a restart changes nothing
 */
public record Runs(Duration interval) {
  public static final Runs AT_ONCE = new Runs(Duration.ZERO);

  public boolean atOnce() {
    return interval.isZero();
  }

  /** The first run at this time or after it. */
  public Instant from(Instant at) {
    if (atOnce()) {
      return at;
    }
    long length = interval.toMillis();
    return Instant.ofEpochMilli(Math.ceilDiv(at.toEpochMilli(), length) * length);
  }
}
