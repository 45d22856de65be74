package me.ehlo.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.Cause;
import me.ehlo.mail.Outcome;
import me.ehlo.mail.StorageFailure;
import me.ehlo.net.Wire;
import me.ehlo.net.WireFailure;
import me.ehlo.sasl.Credentials;
import me.ehlo.smtp.Answer;
import me.ehlo.smtp.ReplyParser;
import me.ehlo.smtp.client.DialogueReason;
import me.ehlo.smtp.client.Fate;
import me.ehlo.smtp.client.Fault;
import me.ehlo.smtp.client.OutboundMail;
import me.ehlo.smtp.client.Phase;
import me.ehlo.smtp.client.SmtpDialogue;
import me.ehlo.smtp.client.Step;
import me.ehlo.smtp.client.Terms;
import me.ehlo.spool.SpooledMail;

/**
 * One conversation with one server: carries out on the wire what the dialogue says, mail after mail.
 *
 * <p>As soon as a mail's content is written and before its answer is awaited, the next of the lane is begun, so that both
 * leave in one write where the server allows it (RFC 2920).
 */
final class Conversation {
  private final Means means;
  private final Lanes lanes;
  private final Lane lane;
  private final Lane.Seat seat;
  private final NextHop.Peer peer;
  private final Wire wire;
  private final SmtpDialogue dialogue;
  private final ReplyParser replies = new ReplyParser();
  private final Deque<Sending> inHand = new ArrayDeque<>();
  private Optional<Cause> trouble = Optional.empty();
  private boolean tlsFailed;
  private boolean broken;
  private boolean stopped;
  private boolean stale;
  private int mails;
  private long end;

  /** Connects; throws if that cannot be done. */
  Conversation(
      Means means, Lanes lanes, Lane lane, Lane.Seat seat, NextHop.Peer peer, boolean inTheClear)
      throws WireFailure {
    this.means = means;
    this.lanes = lanes;
    this.lane = lane;
    this.seat = seat;
    this.peer = peer;
    this.wire = means.dialer().dial(peer.address(), means.timeouts().connect());
    wire.takesWithin(means.timeouts().block());
    setEnd();
    this.dialogue = new SmtpDialogue(terms(means, peer, inTheClear));
  }

  /** Greets, until mails can be told; empty if that is so, else why it is not. */
  Optional<Cause> greet() {
    carryOut(dialogue.begin());
    return trouble;
  }

  /** Whether it was the encryption that failed, so that it may be tried without. */
  boolean tlsFailed() {
    return tlsFailed;
  }

  /** Where it leads. */
  InetSocketAddress address() {
    return peer.address();
  }

  /** Whether it was kept, and has died before the next mail was answered: that says nothing about the server. */
  boolean isStale() {
    return stale;
  }

  /** Whether another mail can be told. */
  boolean isOpen() {
    return trouble.isEmpty() && mails < means.limits().mails() && !wire.holdsMore();
  }

  /** Why it cannot go on; empty if nothing happened that it must not be so. */
  Optional<Cause> trouble() {
    return trouble;
  }

  /** Sends a parcel, and others of the lane behind it; every one of them has been settled or put back at the end. */
  void carry(Parcel parcel) {
    carryOut(begin(parcel, new Step.Ready()));
  }

  /** Closes the connection; the last word is said where it makes sense. */
  void close() {
    try {
      if (broken) {
        means.dialer().drop(wire);
      } else {
        wire.write(SmtpDialogue.QUIT.getBytes(UTF_8));
        means.dialer().hangUp(wire);
      }
    } catch (WireFailure e) {
      means.dialer().drop(wire);
    }
  }

  /** Something went wrong that never should: what is in hand waits. */
  void abandon() {
    Cause cause = Cause.of(RelayReason.OUR_FAULT);
    trouble = Optional.of(cause);
    broken = true;
    while (!inHand.isEmpty()) {
      Sending sending = inHand.remove();
      sending.close();
      sending.parcel().settle(new Outcome.Delayed(cause, true));
    }
  }

  private static Terms terms(Means means, NextHop.Peer peer, boolean inTheClear) {
    Terms.Encryption encryption = Terms.Encryption.IF_OFFERED;
    if (peer.tls() != NextHop.TlsDemand.OPPORTUNISTIC || peer.login().isPresent()) {
      encryption = Terms.Encryption.REQUIRED;
    } else if (inTheClear) {
      encryption = Terms.Encryption.NONE;
    }
    return new Terms(
        means.hostname(),
        peer.shown(),
        encryption,
        peer.login().map(login -> login(means, peer, login)));
  }

  private static Terms.Login login(Means means, NextHop.Peer peer, NextHop.Login login) {
    return new Terms.Login(
        Credentials.password(login.user(), login.password()),
        peer.name(),
        peer.address().getPort(),
        means.nonces());
  }

  private void carryOut(Step first) {
    Step step = first;
    boolean over = false;
    while (!over) {
      switch (step) {
        case Step.Ready() -> over = true;
        case Step.GiveUp(var cause, var fault) -> {
          broken = fault;
          trouble = Optional.of(cause);
          over = true;
        }
        case Step.Settled settled -> {
          settle(inHand(settled.mail()), settled.fates());
          step = settled.then();
        }
        default -> step = onTheWire(step);
      }
    }
  }

  private Step onTheWire(Step step) {
    try {
      return switch (step) {
        case Step.Say(var lines) -> {
          wire.write(lines.getBytes(UTF_8));
          yield listen();
        }
        case Step.Send send -> send(send);
        case Step.StartTls() -> encrypt();
        case Step.Listen(), Step.Ready(), Step.GiveUp _, Step.Settled _ -> listen();
      };
    } catch (WireFailure e) {
      return dialogue.fault(faultOf(e));
    }
  }

  private Step listen() throws WireFailure {
    wire.readUntil(replies::ended, patience(), replies::decode);
    Answer answer = replies.take();
    return dialogue.heard(answer, wire.holdsMore());
  }

  private Duration patience() {
    Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
    Duration wait = means.timeouts().of(dialogue.phase());
    return wait.compareTo(left) < 0 ? wait : left;
  }

  /** An attempt begins. */
  private void setEnd() {
    end = System.nanoTime() + means.timeouts().attempt().toNanos();
  }

  private Step encrypt() {
    boolean verify = peer.tls() == NextHop.TlsDemand.VERIFY || peer.login().isPresent();
    try {
      return wire.encrypt(means.tls(), peer.name(), verify, means.timeouts().of(Phase.TLS))
          .map(secured -> dialogue.secured(secured.channel(), verify))
          .orElseGet(() -> dialogue.fault(Fault.INJECTED));
    } catch (WireFailure e) {
      tlsFailed = e.kind() != WireFailure.Kind.STOPPED;
      return dialogue.fault(e.kind() == WireFailure.Kind.LOST ? Fault.NOT_SECURED : faultOf(e));
    }
  }

  private Step send(Step.Send send) throws WireFailure {
    Sending sending = inHand.getLast();
    wire.write(send.lines().getBytes(UTF_8));
    try {
      if (!sending.send(wire, send.dots())) {
        return dialogue.fault(Fault.BAD_CONTENT);
      }
    } catch (StorageFailure e) {
      means.trouble(sending.parcel().mail() + " cannot be read: " + e.getMessage());
      return dialogue.fault(Fault.NO_CONTENT);
    }
    Step listen = dialogue.sent();
    if (mails < means.limits().mails() && dialogue.takesNext()) {
      return lanes.poll(lane, seat).map(next -> begin(next, listen)).orElse(listen);
    }
    return listen;
  }

  /** Opens a parcel's mail and begins its transaction; if the mail cannot be sent, goes on as it was. */
  private Step begin(Parcel parcel, Step otherwise) {
    Cause cause;
    try {
      Optional<SpooledMail> spooled = means.spool().open(parcel.mail());
      if (spooled.isPresent()) {
        return begin(parcel, spooled.get(), otherwise);
      }
      cause = Cause.of(RelayReason.GONE);
    } catch (StorageFailure e) {
      cause = Cause.of(DialogueReason.NO_CONTENT);
      means.trouble(parcel.mail() + " cannot be read: " + e.getMessage());
    }
    parcel.settle(new Outcome.Delayed(cause, false));
    return otherwise;
  }

  private Step begin(Parcel parcel, SpooledMail spooled, Step otherwise) throws StorageFailure {
    Sending sending = new Sending(parcel, spooled, mails == 0);
    if (!sending.isFit()) {
      sending.close();
      String said = DialogueReason.BAD_CONTENT.say(peer.shown());
      parcel.settle(
          new Outcome.Failed(
              new Cause(DialogueReason.BAD_CONTENT, said, peer.shown(), Optional.empty())));
      return otherwise;
    }
    inHand.add(sending);
    mails++;
    setEnd();
    return dialogue.mail(sending.mail());
  }

  private Fault faultOf(WireFailure e) {
    return switch (e.kind()) {
      case LOST -> Fault.LOST;
      case TIMED_OUT -> Fault.TIMED_OUT;
      case STOPPED -> {
        stopped = true;
        yield Fault.STOPPED;
      }
    };
  }

  // ---- what became of a parcel

  /** Not always the oldest: a mail that is decided unsaid is settled while the answer to the one before is awaited. */
  private Sending inHand(OutboundMail mail) {
    return inHand.stream().filter(sending -> sending.isOf(mail)).findFirst().orElseThrow();
  }

  private void settle(Sending sending, List<Fate> fates) {
    Parcel parcel = sending.parcel();
    Verdicts verdicts = new Verdicts(parcel, fates);
    inHand.remove(sending); // not before it has its verdicts: what is in hand is never forgotten
    sending.close();
    verdicts.tell();
    if (verdicts.relayed()) {
      lanes.relayed(lane);
    }
    verdicts.left().ifPresent(this::putBack);
    verdicts.open().ifPresent(open -> tryAgain(sending, open, verdicts.openFate()));
  }

  private void tryAgain(Sending sending, Parcel open, Fate.Open fate) {
    boolean kept = !sending.first() && !fate.touched();
    stale |= kept && !fate.cause().reason().equals(DialogueReason.TIMED_OUT);
    Parcel again = kept ? open.again(fate.cause()) : open.elsewhere(peer.address(), fate.cause());
    if (stopped) {
      open.settle(new Outcome.Postponed(Duration.ZERO));
    } else if (again.tries() >= means.limits().hosts()) {
      open.settle(new Outcome.Delayed(fate.cause(), false));
    } else {
      putBack(again);
    }
  }

  private void putBack(Parcel parcel) {
    if (!lanes.putBack(lane, parcel)) {
      parcel.settle(new Outcome.Postponed(Duration.ZERO));
    }
  }
}
