package me.ehlo.front;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import me.ehlo.mail.Reason;
import me.ehlo.smtp.GuestReplies;
import me.ehlo.smtp.Reply;

/**
 * The time that one mail has left: whoever sends an octet now and then would otherwise stay for ever.
 *
 * <p>The time that we take for writing is not the client's: a slow disk makes nobody slow but us.
 */
final class MailClock {
  private static final Duration FIRST_MINUTE = Duration.ofMinutes(1);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private enum Limit {
    PAUSE,
    TOTAL,
    RATE
  }

  private final MailPace pace;
  private final LongSupplier nanos;
  private final long begin;
  private long ours;
  private long octets;
  private Limit nearest = Limit.PAUSE;

  /**
   * @param nanos a clock like {@link System#nanoTime}
   */
  MailClock(MailPace pace, LongSupplier nanos) {
    this.pace = pace;
    this.nanos = nanos;
    this.begin = nanos.getAsLong();
  }

  /** How long the next octets may be waited for; zero or less when there is no time left. */
  Duration patience() {
    long taken = nanos.getAsLong() - begin - ours;
    long pause = pace.pause().toNanos();
    long total = pace.total().toNanos() - taken;
    long rate = pace.octetsPerSecond() == 0 ? Long.MAX_VALUE : earned() - taken;
    long least = Math.min(pause, Math.min(total, rate));
    nearest = least == pause ? Limit.PAUSE : least == total ? Limit.TOTAL : Limit.RATE;
    return Duration.ofNanos(least);
  }

  /** So many octets have come. */
  void came(int count) {
    octets += count;
  }

  /** So long we were busy with what came. */
  void tookUs(long time) {
    ours += time;
  }

  /** What a client is told whose time is over; empty if it was just silent. */
  Optional<Reply> tooSlow(String hostname) {
    return switch (nearest) {
      case PAUSE -> Optional.empty();
      case TOTAL -> reply(GuestReplies.MAIL_TOO_LONG, hostname, pace.total().toSeconds());
      case RATE -> reply(GuestReplies.MAIL_TOO_SLOW, hostname, pace.octetsPerSecond());
    };
  }

  /** The time for which the octets that have come are enough. */
  private long earned() {
    return Math.max(
        FIRST_MINUTE.toNanos(), (long) ((double) octets / pace.octetsPerSecond() * SECOND));
  }

  private static Optional<Reply> reply(Reason reason, Object... values) {
    return Optional.of(Reply.of(reason, values));
  }
}
