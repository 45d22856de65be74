package me.ehlo.relay;

import java.time.Duration;

/**
 * How much is done at a time, and for how long.
 *
 * @param conversations with all servers together
 * @param perLane conversations of one lane
 * @param atFirst conversations of a lane of which nothing is known yet
 * @param waiting mails that may stand in one lane
 * @param waitingFor how long a mail stands in a lane before it is given back
 * @param hosts servers that are tried for a mail in one attempt
 * @param recipients in one transaction (RFC 5321 §4.5.3.1.8: every server takes 100)
 * @param mails over one connection
 * @param idle how long a connection is kept without a mail
 * @param down for how long a lane whose servers cannot be reached is left alone, at first
 * @param downMost and at most, when that happens again and again
 * @param finish how long mails under way may take when we stop
 */
public record RelayLimits(
    int conversations,
    int perLane,
    int atFirst,
    int waiting,
    Duration waitingFor,
    int hosts,
    int recipients,
    int mails,
    Duration idle,
    Duration down,
    Duration downMost,
    Duration finish) {

  public static final RelayLimits DEFAULT =
      new RelayLimits(
          200,
          20,
          5,
          8000,
          Duration.ofMinutes(5),
          5,
          100,
          1000,
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofSeconds(10));

  /** The same with these numbers of conversations. */
  public RelayLimits with(int all, int eachLane) {
    return new RelayLimits(
        all,
        Math.min(eachLane, all),
        Math.min(atFirst, eachLane),
        waiting,
        waitingFor,
        hosts,
        recipients,
        mails,
        idle,
        down,
        downMost,
        finish);
  }
}
