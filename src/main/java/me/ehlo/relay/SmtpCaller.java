package me.ehlo.relay;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.Cause;
import me.ehlo.mail.Outcome;
import me.ehlo.net.WireFailure;

/** Serves one lane: finds a server for its mails, talks to it as long as there are any, and goes. */
final class SmtpCaller implements Runnable {
  private final Means means;
  private final Routing routing;
  private final Arrived arrived;
  private final Lanes lanes;
  private final Lane lane;
  private final Lane.Seat seat;
  private Optional<Conversation> conversation = Optional.empty();
  private Optional<Parcel> inHand = Optional.empty();
  private boolean tlsFailed;

  SmtpCaller(Means means, Routing routing, Arrived arrived, Lanes lanes, Lane lane) {
    this.means = means;
    this.routing = routing;
    this.arrived = arrived;
    this.lanes = lanes;
    this.lane = lane;
    this.seat = lanes.seat();
  }

  @Override
  public void run() {
    try {
      Optional<Parcel> next = lanes.take(lane, seat, false);
      while (next.isPresent()) {
        serve(next.get());
        next = lanes.take(lane, seat, conversation.isPresent());
      }
      hangUp();
    } finally {
      lanes.left(lane);
    }
  }

  private void serve(Parcel parcel) {
    inHand = Optional.of(parcel);
    try {
      if (conversation.filter(open -> parcel.avoided().contains(open.address())).isPresent()) {
        hangUp(); // it has been tried there, and is to go to another
      }
      if (conversation.isPresent()) {
        carry(conversation.get(), parcel);
      } else {
        route(parcel);
      }
    } catch (RuntimeException e) { // a defect of ours: it costs this conversation, and no mail
      means.trouble(lane.name + ": " + e);
      conversation.ifPresent(Conversation::abandon);
      inHand.ifPresent(
          held -> held.settle(new Outcome.Delayed(Cause.of(RelayReason.OUR_FAULT), false)));
      hangUp();
    }
  }

  private void route(Parcel parcel) {
    switch (routing.nextHop(parcel.host())) {
      case NextHop.Ours() -> {
        inHand = Optional.empty();
        arrived.settle(parcel);
      }
      case NextHop.Nowhere(var cause) -> nowhere(parcel, cause);
      case NextHop.Servers(var peers) -> call(parcel, peers);
    }
  }

  private void nowhere(Parcel parcel, Cause cause) {
    inHand = Optional.empty();
    if (cause.status().kind() == 5) {
      parcel.settle(new Outcome.Failed(cause));
    } else {
      parcel.settle(new Outcome.Delayed(cause, false));
      lanes.unreachable(lane, cause);
    }
  }

  /** RFC 5321 §5.1: one after the other, until one takes the mail or there are no more. */
  private void call(Parcel parcel, List<NextHop.Peer> peers) {
    Optional<Cause> last = Optional.empty();
    int tried = parcel.avoided().size();
    Parcel going = parcel;
    for (NextHop.Peer peer : peers) {
      if (parcel.avoided().contains(peer.address()) || tried >= means.limits().hosts()) {
        continue;
      }
      tried++;
      last = reach(peer);
      if (last.isEmpty()) {
        carry(conversation.orElseThrow(), going);
        return;
      }
      going = going.avoiding(peer.address());
    }
    inHand = Optional.empty();
    giveUp(parcel, last);
  }

  /** Nobody is left to be tried for this parcel. */
  private void giveUp(Parcel parcel, Optional<Cause> unreached) {
    Cause cause = unreached.or(parcel::trouble).orElse(Cause.of(RelayReason.OUR_FAULT));
    if (lanes.isClosing()) { // whoever was being greeted is not to blame for our stopping
      parcel.settle(new Outcome.Postponed(Duration.ZERO));
      return;
    }
    if (unreached.isEmpty() || lanes.unreachable(lane, cause)) {
      parcel.settle(new Outcome.Delayed(cause, false));
      return;
    }
    Parcel again =
        parcel.again(cause); // others of this lane are connected, so it is not the server
    if (again.tries() >= means.limits().hosts()) {
      parcel.settle(new Outcome.Delayed(cause, false));
    } else if (!lanes.putBack(lane, again)) {
      parcel.settle(new Outcome.Postponed(Duration.ZERO));
    }
  }

  /** Connects and greets; empty if there is a conversation now, else why there is none. */
  private Optional<Cause> reach(NextHop.Peer peer) {
    Optional<Cause> trouble = reach(peer, false);
    boolean inTheClear =
        trouble.isPresent()
            && tlsFailed
            && peer.tls() == NextHop.TlsDemand.OPPORTUNISTIC
            && peer.login().isEmpty();
    return inTheClear ? reach(peer, true) : trouble;
  }

  private Optional<Cause> reach(NextHop.Peer peer, boolean inTheClear) {
    tlsFailed = false;
    Conversation begun;
    try {
      begun = new Conversation(means, lanes, lane, seat, peer, inTheClear);
    } catch (WireFailure e) {
      String why =
          e.kind() == WireFailure.Kind.TIMED_OUT ? "no answer" : String.valueOf(e.getMessage());
      String said = RelayReason.UNREACHABLE.say(peer.shown(), why);
      return Optional.of(new Cause(RelayReason.UNREACHABLE, said, peer.shown(), Optional.empty()));
    }
    Optional<Cause> trouble = begun.greet();
    if (trouble.isPresent()) {
      tlsFailed = begun.tlsFailed();
      begun.close();
    } else {
      conversation = Optional.of(begun);
      lanes.connected(lane, 1);
    }
    return trouble;
  }

  private void carry(Conversation with, Parcel parcel) {
    inHand = Optional.empty();
    with.carry(parcel);
    if (!with.isStale()) {
      with.trouble().ifPresent(cause -> lanes.trouble(lane, cause));
    }
    if (!with.isOpen()) {
      hangUp();
    }
  }

  private void hangUp() {
    conversation.ifPresent(open -> {
      lanes.connected(lane, -1);
      open.close();
    });
    conversation = Optional.empty();
  }
}
