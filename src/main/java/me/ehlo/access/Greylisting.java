package me.ehlo.access;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.Network;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;

/**
 * Has strangers come a second time (RFC 6647): a real server does so by itself, and what sends spam in passing does not.
 *
 * <p>A stranger is a network, not an address, because a large site tries again from another machine. Whose mail was taken once
 * is no stranger for a while, whoever writes to whom. While the store cannot tell, nobody is one.
 */
public final class Greylisting {
  private static final Duration KNOWN = Duration.ofDays(36); // a monthly letter is no stranger's
  private static final Duration TRIES_KEPT = Duration.ofDays(1);
  private static final Duration NOTED_AGAIN = Duration.ofDays(1);
  private static final Duration FORGETTING = Duration.ofHours(1);
  private static final Duration FORGETTING_MORE = Duration.ofMinutes(1);
  private static final int NEW_A_MINUTE = 60; // of one network; more are put off all the same
  private static final int REMEMBERED_MAX = 10_000;

  private final Duration delay;
  private final Guestbook guests;
  private final InstantSource clock;
  private final Rate noted;
  private final Map<Network, Instant> recent = new LinkedHashMap<>(); // the oldest first
  private Instant nextForgetting;

  /**
   * @param delay how long after the first attempt the mail is taken
   */
  public Greylisting(Duration delay, Guestbook guests, InstantSource clock) {
    this.delay = delay;
    this.guests = guests;
    this.clock = clock;
    this.noted = new Rate(NEW_A_MINUTE, clock);
    this.nextForgetting = clock.instant().plus(FORGETTING_MORE);
  }

  /** How long this client has to wait before it may write from here to there; empty: not at all. */
  Optional<Duration> wait(InetAddress client, ReversePath from, ForwardPath to) {
    Instant now = clock.instant();
    Network network = Network.around(client, client instanceof Inet4Address ? 24 : 64);
    try {
      forgetSometimes(now);
      return isKnown(network, now)
          ? Optional.empty()
          : waitOfStranger(new Guestbook.Attempt(network, from, to), now);
    } catch (StorageFailure e) {
      return Optional.empty(); // the journal knows already; that mail cannot be taken is told later
    }
  }

  private Optional<Duration> waitOfStranger(Guestbook.Attempt attempt, Instant now)
      throws StorageFailure {
    Optional<Instant> first =
        guests.firstTry(attempt).filter(at -> at.isAfter(now.minus(TRIES_KEPT)));
    if (first.isEmpty()) {
      if (noted.allows(attempt.network())) {
        guests.tried(attempt, now);
      }
      return Optional.of(delay);
    }
    Duration left = Duration.between(now, first.get().plus(delay));
    if (left.isPositive()) {
      return Optional.of(left);
    }
    guests.mailTaken(attempt.network(), now);
    remember(attempt.network(), now);
    return Optional.empty();
  }

  private boolean isKnown(Network network, Instant now) throws StorageFailure {
    if (isRemembered(network, now)) {
      return true;
    }
    Optional<Instant> last = guests.lastMail(network).filter(at -> at.isAfter(now.minus(KNOWN)));
    if (last.isEmpty()) {
      return false;
    }
    if (last.get().isBefore(now.minus(NOTED_AGAIN))) {
      guests.mailTaken(network, now);
    }
    remember(network, now);
    return true;
  }

  private synchronized boolean isRemembered(Network network, Instant now) {
    Instant since = recent.get(network);
    return since != null && since.isAfter(now.minus(NOTED_AGAIN));
  }

  private synchronized void remember(Network network, Instant now) {
    recent.remove(network);
    recent.put(network, now);
    if (recent.size() > REMEMBERED_MAX) {
      recent.remove(recent.keySet().iterator().next());
    }
  }

  private void forgetSometimes(Instant now) throws StorageFailure {
    if (isTimeToForget(now) && guests.forget(now.minus(KNOWN), now.minus(TRIES_KEPT))) {
      forgetSoon(now);
    }
  }

  private synchronized boolean isTimeToForget(Instant now) {
    boolean time = now.isAfter(nextForgetting);
    if (time) {
      nextForgetting = now.plus(FORGETTING);
    }
    return time;
  }

  private synchronized void forgetSoon(Instant now) {
    nextForgetting = now.plus(FORGETTING_MORE);
  }
}
