package me.ehlo.check;

import java.time.Duration;

/**
 * How long we wait.
 *
 * @param greeting longer than for an answer, since some let strangers wait on purpose
 */
public record Patience(Duration connect, Duration greeting, Duration answer) {
  private static final Duration CONNECT_MOST = Duration.ofSeconds(10);

  /** Where nobody says otherwise; RFC 5321 §4.5.3.2 would have us wait five minutes, for mail and not for a person. */
  public static final Patience DEFAULT = of(Duration.ofSeconds(30));

  /** By the time that an answer may take. */
  public static Patience of(Duration answer) {
    Duration connect = answer.compareTo(CONNECT_MOST) < 0 ? answer : CONNECT_MOST;
    return new Patience(connect, answer.multipliedBy(2), answer);
  }
}
