package me.ehlo.access;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import me.ehlo.mail.Network;

/**
 * Who is here, over all doors: how many conversations each address and each network has, and whether it may have another.
 *
 * <p>It remembers a number for each address that is here, so no more than there are connections, and the {@link Rate}.
 */
public final class Crowd {

  /**
   * How many may be here.
   *
   * @param fromAddress with one IPv4 address or IPv6 /64
   * @param fromNetwork with one IPv4 /24 or IPv6 /48
   * @param perMinute new ones from one address
   * @param loopback whether this holds for this machine itself, too
   */
  public record Limits(int fromAddress, int fromNetwork, int perMinute, boolean loopback) {}

  /** Whether one more may come. */
  public sealed interface Answer {

    /** It may, and must {@link Crowd#leave}. */
    record Welcome() implements Answer {}

    /** There are too many from there already. */
    record TooMany(Share share, Network origin, int most) implements Answer {}
  }

  /** What there can be too much of. */
  public enum Share {
    ADDRESS,
    NETWORK,
    RATE
  }

  private final Limits limits;
  private final Rate rate;
  private final Map<Network, Integer> here =
      new HashMap<>(); // an address and a network are never equal

  public Crowd(Limits limits, InstantSource clock) {
    this.limits = limits;
    this.rate = new Rate(limits.perMinute(), clock);
  }

  /** A client comes. */
  public synchronized Answer enter(InetAddress client) {
    Origin origin = Origin.of(client);
    if (!limits.loopback() && client.isLoopbackAddress()) {
      return new Answer.Welcome();
    }
    if (count(origin.address()) >= limits.fromAddress()) {
      return new Answer.TooMany(Share.ADDRESS, origin.address(), limits.fromAddress());
    }
    if (count(origin.network()) >= limits.fromNetwork()) {
      return new Answer.TooMany(Share.NETWORK, origin.network(), limits.fromNetwork());
    }
    if (!rate.allows(origin.address())) {
      return new Answer.TooMany(Share.RATE, origin.address(), limits.perMinute());
    }
    here.merge(origin.address(), 1, Integer::sum);
    here.merge(origin.network(), 1, Integer::sum);
    return new Answer.Welcome();
  }

  /** A client that was welcome goes. */
  public synchronized void leave(InetAddress client) {
    Origin origin = Origin.of(client);
    if (limits.loopback() || !client.isLoopbackAddress()) {
      forget(origin.address());
      forget(origin.network());
    }
  }

  /** How many addresses and networks are counted now. */
  synchronized int counted() {
    return here.size();
  }

  private int count(Network origin) {
    return here.getOrDefault(origin, 0);
  }

  private void forget(Network origin) {
    here.computeIfPresent(origin, (_, count) -> count == 1 ? null : count - 1);
  }
}
