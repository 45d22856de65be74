package me.ehlo.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import me.ehlo.mail.Network;

/**
 * So many a minute from each address: that many at once, and then one whenever a minute's share is over.
 *
 * <p>What is remembered of an address is one instant, at which its share is whole again. Who comes from more addresses than
 * are remembered is not counted, but neither does he fill the memory: the address that was quiet longest is forgotten.
 */
public final class Rate {
  private static final int REMEMBERED_MAX = 50_000;
  private static final Duration WHOLE = Duration.ofMinutes(1);

  private final int perMinute;
  private final InstantSource clock;
  private final Map<Network, Instant> wholeAt = new LinkedHashMap<>(16, 0.75f, true);

  public Rate(int perMinute, InstantSource clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /** How many a minute are allowed. */
  public int perMinute() {
    return perMinute;
  }

  /** Whether one more is allowed now, and then it is counted. */
  public synchronized boolean allows(Network address) {
    Instant now = clock.instant();
    Instant before = wholeAt.getOrDefault(address, now);
    Instant after = (before.isBefore(now) ? now : before).plus(WHOLE.dividedBy(perMinute));
    boolean allowed = !after.isAfter(now.plus(WHOLE));
    wholeAt.put(address, allowed ? after : before);
    forget(now);
    return allowed;
  }

  /** How many addresses are remembered. */
  synchronized int remembered() {
    return wholeAt.size();
  }

  /** The address quiet longest comes first, and the one just counted last: it stays. */
  private void forget(Instant now) {
    Iterator<Instant> quiet = wholeAt.values().iterator();
    Instant first = quiet.next();
    while (quiet.hasNext() && (wholeAt.size() > REMEMBERED_MAX || !now.isBefore(first))) {
      quiet.remove();
      first = quiet.next();
    }
  }
}
