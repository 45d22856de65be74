package me.ehlo.front;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import me.ehlo.access.Crowd;
import me.ehlo.mail.Network;
import me.ehlo.mail.Reason;
import me.ehlo.net.Listener;
import me.ehlo.net.ProxyHeader;
import me.ehlo.net.Wire;
import me.ehlo.net.WireFailure;
import me.ehlo.trace.Event;
import me.ehlo.trace.Journal;

/**
 * What all doors have in common before the first word: who has come, if a proxy brings them, and whether there is room.
 *
 * <p>A proxy's address stands for nobody. Who comes through it is who it says, and if it cannot say, somebody at no address
 * at all; never the proxy, who may be on this machine and trusted.
 */
public final class Entrance {
  /** Never said, in whatever protocol: it stands in the log. */
  static final Reason PROXY_NOT_UNDERSTOOD =
      new Reason("proxy-not-understood", 554, "5.5.0", "{} was sent away: {}");

  private static final InetAddress NOBODY_KNOWS_WHERE = InetAddress.ofLiteral("0.0.0.0");
  private static final String NO_CONVERSATION_YET = "-";

  /** What stands behind the entrance. */
  public interface Door extends Listener.Conversation {

    /** Tells a client that too many have come from where it comes from. */
    void turnAway(Wire wire, Crowd.Answer.TooMany why);
  }

  private final List<Network> proxies;
  private final Duration headerPatience;
  private final Crowd crowd;
  private final Journal journal;
  private final InstantSource clock;

  /**
   * Makes one.
   *
   * @param proxies those who begin each connection with a header; from nobody else is one understood
   * @param headerPatience how long they may take for it
   */
  public Entrance(
      List<Network> proxies,
      Duration headerPatience,
      Crowd crowd,
      Journal journal,
      InstantSource clock) {
    this.proxies = List.copyOf(proxies);
    this.headerPatience = headerPatience;
    this.crowd = crowd;
    this.journal = journal;
    this.clock = clock;
  }

  /** This door, behind the entrance. */
  public Listener.Conversation to(Door door) {
    return wire -> {
      if (isKnown(wire)) {
        enter(wire, door);
      }
    };
  }

  private void enter(Wire wire, Door door) {
    InetAddress client = wire.peerAddress();
    switch (crowd.enter(client)) {
      case Crowd.Answer.TooMany why -> door.turnAway(wire, why);
      case Crowd.Answer.Welcome() -> {
        try {
          door.hold(wire);
        } finally {
          crowd.leave(client);
        }
      }
    }
  }

  /** Whether it is known who has come; if not, nothing can be said to them. */
  private boolean isKnown(Wire wire) {
    if (proxies.stream().noneMatch(proxy -> proxy.contains(wire.peerAddress()))) {
      return true;
    }
    try {
      return isUnderstood(wire, wire.readProxyHeader(headerPatience));
    } catch (WireFailure e) {
      return switch (e.kind()) {
        case LOST, STOPPED -> false; // it only wanted to see whether we are here
        case TIMED_OUT ->
            refused(wire, "it said no header within " + headerPatience.toSeconds() + " s");
      };
    }
  }

  private boolean isUnderstood(Wire wire, ProxyHeader header) {
    return switch (header) {
      case ProxyHeader.ForItself() -> true;
      case ProxyHeader.ForSomebody() -> named(wire, NOBODY_KNOWS_WHERE);
      case ProxyHeader.For(var client) ->
          // Its own machine is not ours, and must not be trusted as ours is.
          client.isLoopbackAddress() && !wire.peerIsLoopback()
              ? refused(wire, "it names a client on its own machine, " + client.getHostAddress())
              : named(wire, client);
      case ProxyHeader.Malformed(var why) -> refused(wire, why);
    };
  }

  private static boolean named(Wire wire, InetAddress client) {
    wire.peerIs(client);
    return true;
  }

  private boolean refused(Wire wire, String why) {
    journal.record(
        new Event.Decided(
            clock.instant(),
            NO_CONVERSATION_YET,
            Optional.empty(),
            "connect",
            PROXY_NOT_UNDERSTOOD,
            PROXY_NOT_UNDERSTOOD.say(wire.peer(), why),
            List.of()));
    return false;
  }
}
