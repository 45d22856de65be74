package me.ehlo.spool;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import me.ehlo.mail.MailId;

/**
 * Gives each mail its id: 42 bits of milliseconds since 1970, then 18 bits that begin at random and count up.
 *
 * <p>Ids of one process never repeat and never go backwards, even when its clock does.
 */
public final class MailIds {
  private static final int LOW_BITS = 18;
  private static final int RANDOM_BOUND = 1 << (LOW_BITS - 1);

  private final InstantSource clock;
  private final RandomGenerator random;
  private final AtomicLong last = new AtomicLong();

  public MailIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** The next id; safe for many threads. */
  public MailId next() {
    long fresh = clock.millis() << LOW_BITS | random.nextInt(RANDOM_BOUND);
    return new MailId(
        last.updateAndGet(
            previous -> previousMillis(previous) < previousMillis(fresh) ? fresh : previous + 1));
  }

  private static long previousMillis(long id) {
    return id >>> LOW_BITS;
  }
}
