package me.ehlo.front;

import java.time.Duration;

/**
 * How fast a mail's content must come.
 *
 * @param pause how long the client may be silent within it
 * @param total how long all of it may take
 * @param octetsPerSecond at least so many, on average, once the first minute is over; 0: any number
 */
public record MailPace(Duration pause, Duration total, long octetsPerSecond) {

  /** Only silence counts. */
  public static MailPace pausing(Duration pause) {
    return new MailPace(pause, Duration.ofDays(1), 0);
  }
}
