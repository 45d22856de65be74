package me.ehlo.front;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.StorageFailure;
import me.ehlo.net.Wire;
import me.ehlo.net.WireFailure;
import me.ehlo.pop3.Command;
import me.ehlo.pop3.Pieces;
import me.ehlo.pop3.Pop3Session;
import me.ehlo.pop3.Response;
import me.ehlo.pop3.Turn;
import me.ehlo.sasl.Channel;
import me.ehlo.trace.Event;

/**
 * Drives one POP3 session over one wire.
 *
 * <p>A response that has begun and cannot be ended, since the store fails in the middle of a mail, is broken off with
 * the connection: a client that sees no line with a dot knows that it has not got the mail.
 */
final class Pop3Connection {
  private final Pop3Door door;
  private final Wire wire;
  private final String conversation;
  private final Pop3Session session;
  private boolean open = true;
  private boolean inBody;
  private boolean inHandshake;

  Pop3Connection(Pop3Door door, Wire wire) {
    this.door = door;
    this.wire = wire;
    this.conversation = door.ids().next().toString();
    this.session =
        new Pop3Session(door.site(wire.peer(), wire.peerIsLoopback()), door.limits(), conversation);
  }

  /** Holds the conversation from the greeting to the end. */
  void hold() {
    door.journal().record(new Event.Opened(now(), conversation, "pop3", wire.peer()));
    String how;
    try (session) {
      how = talk();
    }
    door.journal().record(new Event.Closed(now(), conversation, how));
  }

  /** Sends the client away; without a word where it could not be read before TLS, which is too dear for those we refuse. */
  void turnAway(Response response) {
    Turn turn = new Turn(response, Pieces.NONE, Turn.Next.CLOSE, List.of());
    if (door.encryption().fromTheStart()) {
      door.journal().record(decided("connect", turn));
    } else {
      lastWord("connect", turn);
    }
  }

  private String talk() {
    try {
      begin();
      while (open) {
        answerNext();
      }
      return "quit";
    } catch (WireFailure e) {
      return partAfter(e);
    } catch (StorageFailure e) {
      trouble(e);
      return "failed";
    } catch (RuntimeException e) { // a defect of ours: it costs this conversation, no other
      trouble(e);
      lastWord("failed", session.failed());
      return "failed";
    }
  }

  private void begin() throws WireFailure, StorageFailure {
    if (door.encryption().fromTheStart()) { // RFC 8314 §3.2
      inHandshake = true;
      encrypted(door.encryption().begin(wire));
    }
    carryOut("connect", session.greeting());
  }

  private void answerNext() throws WireFailure, StorageFailure {
    wire.watch().busy(false);
    Command command = session.read(wire.readLine(door.patience()));
    wire.watch().busy(true);
    Turn turn = session.on(command);
    if (turn.next() != Turn.Next.ENCRYPT) {
      carryOut(command.verb(), turn);
    } else if (wire.hasMore()) {
      carryOut(command.verb(), session.notAlone());
    } else {
      carryOut(command.verb(), turn);
      encrypt();
    }
  }

  /** RFC 2595 §4: the greeting is not said again. What comes in the clear from here on breaks the handshake. */
  private void encrypt() throws WireFailure {
    inHandshake = true;
    Optional<Channel> channel = door.encryption().upgrade(wire);
    open = channel.isPresent();
    channel.ifPresent(this::encrypted);
  }

  private void encrypted(Channel channel) {
    inHandshake = false;
    session.over(channel);
    door.journal()
        .record(new Event.Encrypted(now(), conversation, channel.version(), channel.cipher()));
  }

  private void carryOut(String stage, Turn turn) throws WireFailure, StorageFailure {
    if (turn.response().refuses() || !turn.details().isEmpty()) {
      door.journal().record(decided(stage, turn));
    }
    try (Pieces body = turn.body()) {
      wire.write(turn.response().octets());
      inBody = true;
      for (byte[] piece = body.next(); piece.length > 0; piece = body.next()) {
        wire.write(piece);
      }
      inBody = false;
    }
    open = turn.next() != Turn.Next.CLOSE;
  }

  private Event decided(String stage, Turn turn) {
    return new Event.Decided(
        now(),
        conversation,
        Optional.empty(),
        stage,
        turn.response().reason(),
        turn.response().said(),
        turn.details().stream()
            .map(detail -> new Event.Field(detail.name(), detail.value()))
            .toList());
  }

  private String partAfter(WireFailure failure) {
    if (inHandshake) {
      door.journal()
          .record(
              decided(
                  door.encryption().fromTheStart() ? "connect" : "STLS",
                  session.handshakeFailed(String.valueOf(failure.getMessage()))));
      return "tls-failed"; // nobody is left to talk to, neither in the clear nor encrypted
    }
    return switch (failure.kind()) {
      case LOST -> "lost";
      case TIMED_OUT -> "idle"; // RFC 1939 §3: closed without a word
      case STOPPED -> {
        lastWord("stopping", session.stopping());
        yield "stopping";
      }
    };
  }

  private void lastWord(String stage, Turn turn) {
    if (inBody) {
      return; // it would become a part of the mail
    }
    try {
      carryOut(stage, turn);
    } catch (WireFailure | StorageFailure e) {
      open = false; // nobody is left to hear it
    }
  }

  private void trouble(Throwable what) {
    door.journal().record(new Event.Trouble(now(), "pop3 " + conversation, what.toString()));
  }

  private Instant now() {
    return door.clock().instant();
  }
}
