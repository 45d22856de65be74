package me.ehlo.front;

import java.time.Duration;
import java.time.InstantSource;
import me.ehlo.access.Crowd;
import me.ehlo.access.Logins;
import me.ehlo.access.RecentLogins;
import me.ehlo.maildrop.Maildrops;
import me.ehlo.net.Wire;
import me.ehlo.pop3.Pop3Limits;
import me.ehlo.pop3.Pop3Reason;
import me.ehlo.pop3.Response;
import me.ehlo.pop3.Site;
import me.ehlo.spool.MailIds;
import me.ehlo.trace.Journal;

/**
 * What all POP3 connections of a door share; each connection gets a {@link Pop3Connection} of its own.
 *
 * @param sendingAt where mail is sent, for those who came to the wrong door: "port 2525"
 * @param cleartextFromLoopback whether clients on this machine may give passwords unencrypted; others never may
 * @param patience how long a client may be silent (RFC 1939 §3: ten minutes at least)
 * @param recentLogins what logins open for SMTP
 * @param ids conversations are named as mails are
 */
public record Pop3Door(
    String hostname,
    String sendingAt,
    Pop3Limits limits,
    Encryption encryption,
    boolean cleartextFromLoopback,
    Duration patience,
    Logins logins,
    RecentLogins recentLogins,
    Maildrops maildrops,
    MailIds ids,
    Journal journal,
    InstantSource clock)
    implements Entrance.Door {

  @Override
  public void hold(Wire wire) {
    new Pop3Connection(this, wire).hold();
  }

  /**
   * The site as one client sees it.
   *
   * @param client its address
   * @param loopback whether it is on this machine
   */
  public Site site(String client, boolean loopback) {
    return new MaildropSite(this, client, cleartextFromLoopback && loopback);
  }

  /** Tells a client that there are too many already. */
  public void refuse(Wire wire) {
    turnAway(wire, Pop3Reason.TOO_MANY_CONNECTIONS.say());
  }

  @Override
  public void turnAway(Wire wire, Crowd.Answer.TooMany why) {
    turnAway(wire, reason(why.share()).say(why.most(), why.origin()));
  }

  private void turnAway(Wire wire, Response response) {
    new Pop3Connection(this, wire).turnAway(response);
  }

  private static Pop3Reason reason(Crowd.Share share) {
    return switch (share) {
      case ADDRESS -> Pop3Reason.TOO_MANY_FROM_ADDRESS;
      case NETWORK -> Pop3Reason.TOO_MANY_FROM_NETWORK;
      case RATE -> Pop3Reason.CONNECTS_TOO_OFTEN;
    };
  }
}
