package me.ehlo.front;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import me.ehlo.mail.Domain;
import me.ehlo.net.Listener;
import me.ehlo.net.Wire;
import me.ehlo.smtp.CommandParser;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.server.Client;
import me.ehlo.smtp.server.House;
import me.ehlo.smtp.server.LocalUser;
import me.ehlo.smtp.server.Policy;
import me.ehlo.smtp.server.Service;
import me.ehlo.trace.Event;

/**
 * The door for users of this machine: SMTP over a socket in the file system, where the operating system says who comes.
 *
 * <p>Nobody logs in there and nothing is encrypted: the words never leave the machine, and nobody can be another. Names
 * without a domain are at home here, as programs on this machine write {@code root}.
 */
public final class SubmitDoor implements Listener.Conversation {
  private final SmtpDoor door;
  private final Domain home;

  /**
   * @param like a door whose limits and custody hold for this one, too
   * @param policy who may do what
   * @param home the domain of names without one
   */
  public SubmitDoor(SmtpDoor like, Policy policy, Domain home) {
    this.home = home;
    this.door =
        new SmtpDoor(
            house(like.house()),
            Encryption.NONE,
            false,
            Duration.ZERO,
            like.commandPatience(),
            like.pace(),
            policy,
            like.spool(),
            like.arrivals(),
            like.lostReplies(),
            like.ids(),
            like.journal(),
            like.clock(),
            like.zone());
  }

  @Override
  public void hold(Wire wire) {
    try {
      // Over any other wire nobody would know who it is, and then nobody is let in.
      wire.peerUser().ifPresent(name -> hold(wire, name));
    } catch (IOException e) {
      door.journal()
          .record(
              new Event.Trouble(
                  door.clock().instant(), "submit", "who has come is not known: " + e));
    }
  }

  /** Tells a client that there are too many already. */
  public void refuse(Wire wire) {
    new SmtpConnection(door, wire)
        .turnAway(Reply.of(Replies.TOO_MANY_CONNECTIONS, door.house().hostname()));
  }

  private void hold(Wire wire, String name) {
    Client client = new Client(door.ids().next().toString(), LocalUser.of(name, home));
    new SmtpConnection(door, wire, new CommandParser(home), client).hold();
  }

  private static House house(House like) {
    return new House(
        like.hostname(),
        like.sizeMax(),
        like.recipientsMax(),
        like.errorsMax(),
        like.idleCommandsMax(),
        like.content(),
        Service.TRANSFER,
        false,
        List.of());
  }
}
