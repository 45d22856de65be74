package me.ehlo.front;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import me.ehlo.net.Listener;
import me.ehlo.net.Wire;
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
 * @param dataPatience how long it may pause within a mail
 */
public record SmtpDoor(
    House house,
    Encryption encryption,
    boolean strict,
    Duration greetPause,
    Duration commandPatience,
    Duration dataPatience,
    Policy policy,
    Spool spool,
    Arrivals arrivals,
    LostReplies lostReplies,
    MailIds ids,
    Journal journal,
    InstantSource clock,
    ZoneId zone)
    implements Listener.Conversation {

  @Override
  public void hold(Wire wire) {
    new SmtpConnection(this, wire).hold();
  }

  /** Tells a client that there are too many already. */
  public void refuse(Wire wire) {
    new SmtpConnection(this, wire).refuse();
  }
}
