package me.ehlo.conversation;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.Set;
import me.ehlo.lines.DotDecoder;
import me.ehlo.lines.LineDecoder;
import me.ehlo.mail.DeliveredToHeader;
import me.ehlo.mail.ReceivedHeader;
import me.ehlo.mail.StorageFailure;
import me.ehlo.mail.SubmittedHeader;
import me.ehlo.sasl.Channel;
import me.ehlo.smtp.Command;
import me.ehlo.smtp.CommandParser;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.SmtpLimits;
import me.ehlo.smtp.server.Client;
import me.ehlo.smtp.server.ContentFacts;
import me.ehlo.smtp.server.ContentWatch;
import me.ehlo.smtp.server.Sender;
import me.ehlo.smtp.server.SmtpSession;
import me.ehlo.smtp.server.Transaction;
import me.ehlo.smtp.server.Transmission;
import me.ehlo.smtp.server.Turn;
import me.ehlo.spool.Arrival;
import me.ehlo.spool.Draft;
import me.ehlo.spool.SubmittedDraft;
import me.ehlo.store.Post;

/** An SMTP session fed by hand: line decoder, parser, session, dot decoder, and no wire at all. */
final class SmtpTalk implements Talk {
  // RFC 2920 §3.1: these can only appear as the last command in a group.
  private static final Set<String> ENDS_GROUP =
      Set.of("EHLO", "HELO", "DATA", "VRFY", "EXPN", "NOOP", "QUIT", "STARTTLS", "AUTH", "XCLIENT");
  static final Channel TLS = new Channel("TLSv1.3", "TLS_AES_256_GCM_SHA384", Optional.empty());

  private final Scene scene;
  private final SmtpSession session;
  private final CommandParser parser;
  private final LineDecoder lines;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private Optional<DotDecoder> dots = Optional.empty();
  private Optional<Content> content = Optional.empty();
  private Optional<Reply> afterSkipping = Optional.empty();
  private long chunkLeft;
  private boolean inChunk;
  private Optional<LineDecoder> response = Optional.empty();
  private boolean awaitsHandshake;
  private boolean waits;
  private boolean stopping;
  private boolean closed;

  SmtpTalk(Scene scene) {
    this.scene = scene;
    this.session =
        new SmtpSession(
            scene.house(),
            new Client(scene.ids.next().toString(), scene.client()),
            scene.policy(),
            scene.ids::next);
    if (scene.encryption().fromTheStart()) {
      session.encrypted(TLS);
    }
    this.parser = new CommandParser(scene.strict());
    this.lines = new LineDecoder(SmtpLimits.COMMAND_LINE_OCTETS, scene.strict());
  }

  @Override
  public void greet(boolean talksEarly) {
    carryOut(talksEarly ? session.tooEarly("the greeting") : greeting());
  }

  private Turn greeting() {
    return session.greet(ReceivedHeader.date(Scene.NOW, Scene.ZONE));
  }

  @Override
  public void handshake() {
    if (!awaitsHandshake) {
      throw new IllegalStateException("nobody has asked for TLS");
    }
    awaitsHandshake = false;
    session.encrypted(TLS);
  }

  @Override
  public void hear(byte[] octets) {
    int i = 0;
    while (i < octets.length && !closed) {
      if (awaitsHandshake) {
        closed = true; // this is no handshake
      } else if (response.isPresent()) {
        i = response.get().decode(octets, i, octets.length);
        endOfResponse(i < octets.length);
      } else if (dots.isPresent()) {
        i = dots.get().decode(octets, i, octets.length, this::take);
        endOfContent();
      } else if (inChunk) {
        int end = (int) Math.min(octets.length, i + chunkLeft);
        take(octets, i, end - i);
        chunkLeft -= end - i;
        i = end;
        endOfChunk();
      } else {
        i = lines.decode(octets, i, octets.length);
        i = answer(octets, i);
      }
    }
  }

  @Override
  public void idle() {
    carryOut(session.idle());
  }

  @Override
  public void stop() {
    stopping = true;
    stopUnlessBusy();
  }

  @Override
  public void end() {
    content = Optional.empty();
  }

  @Override
  public byte[] said() {
    byte[] octets = said.toByteArray();
    said.reset();
    return octets;
  }

  @Override
  public boolean waits() {
    return waits;
  }

  @Override
  public boolean closed() {
    return closed;
  }

  private int answer(byte[] octets, int from) {
    if (!lines.ended()) {
      return from;
    }
    Command command = parser.parse(lines.take());
    int next = lines.skipNegotiation(octets, from, octets.length);
    waits = ENDS_GROUP.contains(command.verb());
    carryOut(
        command.endsGroup() && next < octets.length
            ? session.tooEarly("the answer to " + command.verb())
            : session.on(command));
    stopUnlessBusy();
    return next;
  }

  /** A server that stops lets a mail under way come to its end. */
  private void stopUnlessBusy() {
    if (stopping && !closed && session.mail().isEmpty()) {
      carryOut(session.stopping());
    }
  }

  private void carryOut(Turn turn) {
    switch (turn) {
      case Turn.Say(var reply) -> say(reply);
      case Turn.SayAndClose(var reply) -> {
        say(reply);
        closed = true;
      }
      case Turn.Challenge(var reply) -> {
        say(reply);
        response = Optional.of(new LineDecoder(SmtpLimits.AUTH_LINE_OCTETS, true));
      }
      case Turn.StartTls(var reply) -> {
        say(reply);
        awaitsHandshake = true;
      }
      case Turn.Greet() -> carryOut(greeting());
      case Turn.TakeContent(var reply) -> {
        say(reply);
        content = Optional.of(new Content(scene, draft()));
        dots = Optional.of(new DotDecoder());
      }
      case Turn.TakeChunk(var octets) -> {
        content = Optional.of(content.orElseGet(() -> new Content(scene, draft())));
        begin(octets, Optional.empty());
      }
      case Turn.SkipChunk(var octets, var reply) -> begin(octets, Optional.of(reply));
      case Turn.Keep(var transaction, var sender) -> carryOut(keep(transaction, sender));
    }
    if (session.mail().isEmpty()) {
      content = Optional.empty();
    }
  }

  private void begin(long octets, Optional<Reply> skipped) {
    chunkLeft = octets;
    inChunk = true;
    afterSkipping = skipped;
    endOfChunk();
  }

  private void endOfChunk() {
    if (inChunk && chunkLeft == 0) {
      inChunk = false;
      if (afterSkipping.isPresent()) {
        say(afterSkipping.get());
      } else {
        carryOut(session.content(content.orElseThrow().facts()));
      }
      stopUnlessBusy();
    }
  }

  private void endOfResponse(boolean more) {
    LineDecoder line = response.orElseThrow();
    if (line.ended()) {
      response = Optional.empty();
      carryOut(more ? session.tooEarly("the answer to AUTH") : session.response(line.take()));
      stopUnlessBusy();
    }
  }

  private void endOfContent() {
    if (dots.orElseThrow().ended()) {
      dots = Optional.empty();
      carryOut(session.content(content.orElseThrow().facts()));
      waits = false; // what follows the dot may come with it (RFC 2920 §3.1)
      stopUnlessBusy();
    }
  }

  private void take(byte[] octets, int offset, int length) {
    if (afterSkipping.isEmpty() || !inChunk) {
      content.orElseThrow().take(octets, offset, length);
    }
  }

  private Draft draft() {
    Draft draft = scene.store.spool().begin();
    return session
        .client()
        .login()
        .<Draft>map(login ->
            new SubmittedDraft(
                draft,
                new SubmittedHeader.Context(
                    login.address(),
                    ReceivedHeader.date(Scene.NOW, Scene.ZONE),
                    session.mail().orElseThrow(),
                    scene.house().hostname())))
        .orElse(draft);
  }

  private Turn keep(Transaction transaction, Sender sender) {
    try {
      Arrival arrival = arrival(transaction, sender);
      content.orElseThrow().draft.keep(arrival);
      if (arrival.envelope().concernsQueue()) {
        scene.arrivals.kept(arrival);
      }
      return session.kept();
    } catch (StorageFailure e) {
      return session.notKept(how(e));
    }
  }

  private static ContentFacts.Stored how(StorageFailure e) {
    return e.kind() == StorageFailure.Kind.FULL
        ? ContentFacts.Stored.FULL
        : ContentFacts.Stored.TROUBLE;
  }

  private Arrival arrival(Transaction transaction, Sender sender) {
    boolean utf8 = transaction.parameters().smtpUtf8();
    String received =
        DeliveredToHeader.of(transaction.recipients())
            + ReceivedHeader.of(
                sender.name(),
                session.client().literal(),
                scene.house().hostname(),
                Transmission.of(session.client(), sender, transaction),
                transaction.id(),
                transaction.recipients(),
                ReceivedHeader.date(Scene.NOW, Scene.ZONE));
    return Post.arrival(transaction.id(), transaction.envelope(), received, utf8);
  }

  private void say(Reply reply) {
    WellFormed.check(reply);
    said.writeBytes(reply.octets());
  }

  /** A mail's content on its way in. */
  private static final class Content {
    private final Draft draft;
    private final ContentWatch watch;
    private ContentFacts.Stored stored = ContentFacts.Stored.WELL;

    Content(Scene scene, Draft draft) {
      this.watch = new ContentWatch(scene.house());
      this.draft = draft;
    }

    void take(byte[] run, int offset, int length) {
      if (watch.see(run, offset, length) && stored == ContentFacts.Stored.WELL) {
        try {
          draft.write(run, offset, length);
        } catch (StorageFailure e) {
          stored = how(e);
        }
      }
    }

    ContentFacts facts() {
      return watch.facts(draft::authors, stored);
    }
  }
}
