package me.ehlo.front;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.ehlo.lines.LineDecoder;
import me.ehlo.mail.DeliveredToHeader;
import me.ehlo.mail.Envelope;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Reason;
import me.ehlo.mail.ReceivedHeader;
import me.ehlo.mail.StorageFailure;
import me.ehlo.mail.SubmittedHeader;
import me.ehlo.net.Wire;
import me.ehlo.net.WireFailure;
import me.ehlo.sasl.Channel;
import me.ehlo.smtp.Command;
import me.ehlo.smtp.CommandParser;
import me.ehlo.smtp.LoginReplies;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.SmtpLimits;
import me.ehlo.smtp.server.Attempt;
import me.ehlo.smtp.server.Client;
import me.ehlo.smtp.server.Sender;
import me.ehlo.smtp.server.SmtpSession;
import me.ehlo.smtp.server.Transaction;
import me.ehlo.smtp.server.Transmission;
import me.ehlo.smtp.server.Turn;
import me.ehlo.spool.Arrival;
import me.ehlo.spool.Draft;
import me.ehlo.spool.FirstTry;
import me.ehlo.spool.SubmittedDraft;
import me.ehlo.trace.Event;
import org.jspecify.annotations.Nullable;

/** Drives one SMTP session over one wire: reads commands, carries out the turns that come back, keeps the mails. */
final class SmtpConnection {
  private final SmtpDoor door;
  private final Wire wire;
  private final CommandParser parser;
  private final SmtpSession session;
  private @Nullable ContentReceiver receiver;
  private boolean open = true;
  private String how = "quit";
  private String stage = "connect";
  private Optional<MailId> mail = Optional.empty();
  private Optional<MailClock> mailClock = Optional.empty();
  private Optional<LostReplies.Promise> promise = Optional.empty();

  SmtpConnection(SmtpDoor door, Wire wire) {
    this(
        door,
        wire,
        new CommandParser(door.strict()),
        new Client(door.ids().next().toString(), wire.peer()));
  }

  SmtpConnection(SmtpDoor door, Wire wire, CommandParser parser, Client client) {
    this.door = door;
    this.wire = wire;
    this.parser = parser;
    this.session = new SmtpSession(door.house(), client, door.policy(), door.ids()::next);
  }

  /** Holds the conversation from the greeting to the end. */
  void hold() {
    door.journal().record(new Event.Opened(now(), conversation(), "smtp", whoHasCome()));
    try {
      begin();
      while (open) {
        answerNext();
      }
    } catch (WireFailure e) {
      how = partAfter(e);
    } catch (
        RuntimeException e) { // a defect of ours: it costs this conversation, and nobody else's
      door.journal().record(new Event.Trouble(now(), "smtp " + conversation(), e.toString()));
      lastWord(session.ourFault());
      how = "failed";
    } finally {
      forgetContent();
    }
    door.journal().record(new Event.Closed(now(), conversation(), how));
  }

  /** Sends the client away; without a word where it could not be read before TLS, which is too dear for those we refuse. */
  void turnAway(Reply reply) {
    if (door.encryption().fromTheStart()) {
      door.journal().record(decided(reply));
    } else {
      lastWord(new Turn.SayAndClose(reply));
    }
  }

  private void begin() throws WireFailure {
    if (door.encryption().fromTheStart()) {
      encrypt(() -> Optional.of(door.encryption().begin(wire))); // RFC 8314 §3.3
    }
    if (open) {
      boolean early = mustWait() && wire.talksWithin(door.greetPause());
      carryOut(early ? session.tooEarly("the greeting") : greeting());
    }
  }

  /** Who comes from a network must be heard to listen; a program on this machine may write all it has to say at once. */
  private boolean mustWait() {
    return session.client().user().isEmpty();
  }

  private Turn greeting() {
    return session.greet(ReceivedHeader.date(now(), door.zone()));
  }

  /** How a conversation goes over to TLS; empty: more was said than should have been. */
  @FunctionalInterface
  private interface Handshake {
    Optional<Channel> shake() throws WireFailure;
  }

  /** RFC 3207 §4.1, §6: a handshake that fails, and words that came before it, leave nothing to go on with. */
  private void encrypt(Handshake handshake) {
    try {
      handshake
          .shake()
          .ifPresentOrElse(this::encrypted, () -> notEncrypted("more was said in the clear"));
    } catch (WireFailure e) {
      notEncrypted(String.valueOf(e.getMessage()));
    }
  }

  private void encrypted(Channel channel) {
    session.encrypted(channel);
    door.journal()
        .record(new Event.Encrypted(now(), conversation(), channel.version(), channel.cipher()));
  }

  private void notEncrypted(String why) {
    door.journal().record(decided(Reply.of(LoginReplies.HANDSHAKE_FAILED, why)));
    how = "tls-failed";
    open = false;
  }

  private void answerNext() throws WireFailure {
    mail = session.mail();
    mailClock = Optional.empty();
    wire.watch().busy(mail.isPresent());
    Command command = parser.parse(wire.readLine(door.commandPatience()));
    promise = Optional.empty(); // who speaks on has heard the 250
    stage = command.verb();
    carryOut(
        command.endsGroup() && mustWait() && wire.hasMore()
            ? session.tooEarly("the answer to " + command.verb())
            : session.on(command));
  }

  private void carryOut(Turn turn) throws WireFailure {
    switch (turn) {
      case Turn.Say(var reply) -> say(reply);
      case Turn.SayAndClose(var reply) -> {
        say(reply);
        open = false;
      }
      case Turn.Challenge(var reply) -> {
        say(reply);
        carryOut(response());
      }
      case Turn.StartTls(var reply) -> {
        say(reply);
        encrypt(() -> door.encryption().upgrade(wire));
      }
      case Turn.Greet() -> {
        door.journal()
            .record(
                new Event.Renamed(
                    now(), conversation(), session.client().address(), session.client().peer()));
        carryOut(greeting());
      }
      case Turn.TakeContent(var reply) -> {
        say(reply);
        stage = "content";
        carryOut(session.content(receiving().toDot()));
      }
      case Turn.TakeChunk(var octets) -> carryOut(session.content(receiving().chunk(octets)));
      case Turn.SkipChunk(var octets, var reply) -> {
        skip(octets);
        say(reply);
      }
      case Turn.Keep(var transaction, var sender) -> carryOut(keepOnce(transaction, sender));
    }
    if (session.mail().isEmpty()) {
      forgetContent();
    }
  }

  /** RFC 4954 §4: a line of its own length, which nobody else shall see. */
  private Turn response() throws WireFailure {
    LineDecoder line = new LineDecoder(SmtpLimits.AUTH_LINE_OCTETS, true);
    wire.readUntil(line::ended, door.commandPatience(), line::decode);
    return wire.hasMore() ? session.tooEarly("the answer to AUTH") : session.response(line.take());
  }

  /** RFC 1047: a client that has not heard our 250 sends the mail again, and means it once. */
  private Turn keepOnce(Transaction transaction, Sender sender) {
    ContentHash content = receiver().hash();
    Optional<MailId> before =
        door.lostReplies().known(session.client().address(), transaction, content);
    if (before.isPresent()) {
      promise = Optional.of(new LostReplies.Promise(transaction, content, before.get()));
      return session.keptBefore(before.get());
    }
    return keep(transaction, sender);
  }

  private Turn keep(Transaction transaction, Sender sender) {
    Instant at = now();
    String received =
        DeliveredToHeader.of(transaction.recipients())
            + Transmission.received(
                session.client(),
                sender,
                door.house().hostname(),
                transaction,
                ReceivedHeader.date(at, door.zone()));
    Envelope envelope = transaction.envelope();
    Arrival arrival =
        new Arrival(
            transaction.id(),
            at,
            envelope,
            received,
            transaction.parameters().smtpUtf8(),
            receiver().eightBit(),
            envelope.leaves() ? door.arrivals().firstTry() : new FirstTry(false, at));
    try {
      receiver().draft().keep(arrival);
      if (envelope.concernsQueue()) {
        door.arrivals().kept(arrival);
      }
      promise =
          Optional.of(new LostReplies.Promise(transaction, receiver().hash(), transaction.id()));
      return session.kept();
    } catch (StorageFailure e) {
      return session.notKept(ContentReceiver.how(e));
    }
  }

  private void skip(long octets) throws WireFailure {
    MailClock clock = newClock();
    mailClock = Optional.of(clock);
    long rest = octets;
    while (rest > 0) {
      rest -= wire.readContent(rest, clock.patience(), (_, _, length) -> clock.came(length));
    }
  }

  /** Takes more content, and from now on the mail's own time counts. */
  private ContentReceiver receiving() {
    mailClock = Optional.of(receiver().clock());
    return receiver();
  }

  private MailClock newClock() {
    return new MailClock(door.pace(), System::nanoTime);
  }

  private ContentReceiver receiver() {
    if (receiver == null) {
      receiver =
          new ContentReceiver(
              wire, draft(), door.house(), newClock(), door.lostReplies().areRemembered());
    }
    return receiver;
  }

  /** What somebody sends whom we know by name is a submission, on whatever door (RFC 6409 §8). */
  private Draft draft() {
    Draft draft = door.spool().begin();
    return session
        .client()
        .author()
        .<Draft>map(author ->
            new SubmittedDraft(
                draft,
                new SubmittedHeader.Context(
                    author,
                    ReceivedHeader.date(now(), door.zone()),
                    session.mail().orElseThrow(),
                    door.house().hostname())))
        .orElse(draft);
  }

  private void forgetContent() {
    if (receiver != null) {
      receiver.close();
      receiver = null;
    }
  }

  private void say(Reply reply) throws WireFailure {
    if (isDecision(reply.reason())) {
      door.journal().record(decided(reply));
    }
    wire.write(reply.octets());
  }

  /** What the log shall tell: acceptance, refusal and limit; not the small talk between them. */
  private static boolean isDecision(Reason reason) {
    return reason.refuses()
        || switch (reason.id()) {
          case "sender-ok",
              "recipient-ok",
              "recipient-will-queue",
              "accepted",
              "accepted-before",
              "logged-in" ->
              true;
          default -> false;
        };
  }

  private Event decided(Reply reply) {
    return new Event.Decided(
        now(),
        conversation(),
        session.mail().or(() -> mail),
        stage,
        reply.reason(),
        reply.said(),
        session.attempt().map(SmtpConnection::details).orElse(List.of()));
  }

  private static List<Event.Field> details(Attempt attempt) {
    return List.of(
        new Event.Field("user", attempt.user()), new Event.Field("mechanism", attempt.mechanism()));
  }

  private String partAfter(WireFailure failure) {
    if (door.lostReplies().areRemembered() && mayHaveLostTheReply(failure)) {
      promise.ifPresent(said -> door.lostReplies().lost(session.client().address(), said));
    }
    return switch (failure.kind()) {
      case LOST -> "lost";
      case TIMED_OUT -> {
        lastWord(
            mailClock
                .flatMap(clock -> clock.tooSlow(door.house().hostname()))
                .<Turn>map(Turn.SayAndClose::new)
                .orElseGet(session::idle));
        yield "idle";
      }
      case STOPPED -> {
        lastWord(session.stopping());
        yield "stopping";
      }
    };
  }

  /** A connection that was closed in order, and not reset, has brought what was sent on it. */
  private static boolean mayHaveLostTheReply(WireFailure failure) {
    return switch (failure.kind()) {
      case LOST -> failure.getCause() != null;
      case TIMED_OUT -> true;
      case STOPPED -> false;
    };
  }

  private void lastWord(Turn turn) {
    try {
      carryOut(turn);
    } catch (WireFailure e) {
      open = false; // nobody is left to hear it
    }
  }

  /** For the log. */
  private String whoHasCome() {
    Client client = session.client();
    return client.user().map(user -> "user " + user.name()).orElse(client.address());
  }

  private String conversation() {
    return session.client().conversation();
  }

  private Instant now() {
    return door.clock().instant();
  }
}
