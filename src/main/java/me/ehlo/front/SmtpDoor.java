package me.ehlo.front;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import me.ehlo.access.Crowd;
import me.ehlo.mail.Reason;
import me.ehlo.net.Wire;
import me.ehlo.smtp.GuestReplies;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.server.House;
import me.ehlo.smtp.server.Policy;
import me.ehlo.spool.Arrivals;
import me.ehlo.spool.MailIds;
import me.ehlo.spool.Spool;
import me.ehlo.trace.Journal;

/**
 * What all SMTP connections of a door share; each connection gets a {@link SmtpConnection} of its own.
 *
 * @param strict {@code smtp.strict}
 * @param greetPause how long clients are watched for talking before the greeting
 * @param commandPatience how long a client may think between commands
 * @param pace how fast a mail must come
 */
public record SmtpDoor(
    House house,
    Encryption encryption,
    boolean strict,
    Duration greetPause,
    Duration commandPatience,
    MailPace pace,
    Policy policy,
    Spool spool,
    Arrivals arrivals,
    LostReplies lostReplies,
    MailIds ids,
    Journal journal,
    InstantSource clock,
    ZoneId zone)
    implements Entrance.Door {

  @Override
  public void hold(Wire wire) {
    new SmtpConnection(this, wire).hold();
  }

  /** Tells a client that there are too many already. */
  public void refuse(Wire wire) {
    turnAway(wire, Reply.of(Replies.TOO_MANY_CONNECTIONS, house.hostname()));
  }

  @Override
  public void turnAway(Wire wire, Crowd.Answer.TooMany why) {
    turnAway(wire, Reply.of(reason(why.share()), house.hostname(), why.most(), why.origin()));
  }

  private void turnAway(Wire wire, Reply reply) {
    new SmtpConnection(this, wire).turnAway(reply);
  }

  private static Reason reason(Crowd.Share share) {
    return switch (share) {
      case ADDRESS -> GuestReplies.TOO_MANY_FROM_ADDRESS;
      case NETWORK -> GuestReplies.TOO_MANY_FROM_NETWORK;
      case RATE -> GuestReplies.CONNECTS_TOO_OFTEN;
    };
  }
}
