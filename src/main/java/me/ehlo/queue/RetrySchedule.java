package me.ehlo.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When what was delayed is tried again, when its sender is told, and when we give up (RFC 5321 §4.5.4.1). */
public final class RetrySchedule {
  private static final double JITTER = 0.2;

  private final List<Duration> pauses;
  private final Duration expire;
  private final Optional<Duration> warn;
  private final RandomGenerator random;

  /**
   * @param pauses after the first attempt, the second and so on; the last one repeats; at least one
   * @param expire how long a mail is tried
   * @param warn after how long its sender is told that it is late; empty: never
   * @param random spreads what failed together, so that it does not come again together
   */
  public RetrySchedule(
      List<Duration> pauses, Duration expire, Optional<Duration> warn, RandomGenerator random) {
    this.pauses = List.copyOf(pauses);
    this.expire = expire;
    this.warn = warn;
    this.random = random;
  }

  /**
   * When the next attempt is due: a fifth sooner or later than the schedule says, and never after the mail expires, so that
   * its end is told in time.
   *
   * @param attempts made so far, at least one
   */
  public Instant next(int attempts, Instant since, Instant now) {
    Duration pause = pauses.get(Math.min(attempts, pauses.size()) - 1);
    double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
    Instant next = now.plusMillis(Math.round(pause.toMillis() * factor));
    Instant end = giveUpAt(since);
    return next.isAfter(end) && now.isBefore(end) ? end : next;
  }

  public Instant giveUpAt(Instant since) {
    return since.plus(expire);
  }

  public boolean expired(Instant since, Instant now) {
    return !now.isBefore(giveUpAt(since));
  }

  /** Whether it is time to tell the sender that a mail is late. */
  public boolean late(Instant since, Instant now) {
    return warn.isPresent() && !now.isBefore(since.plus(warn.get()));
  }
}
