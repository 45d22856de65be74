package me.ehlo.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import me.ehlo.spool.MailIds;

/** The names of large contents, and whether somebody is still writing one. */
final class Bodies {
  /** No client takes so long to send a mail; what another node began before is nobody's any more. */
  private static final Duration FORSAKEN_AFTER = Duration.ofDays(1);

  private final InstantSource clock;
  private final MailIds names;
  private final boolean shared;
  private final Runnable sweep;
  private final Set<Long> live = ConcurrentHashMap.newKeySet();
  private final Set<Long> given = ConcurrentHashMap.newKeySet();

  Bodies(InstantSource clock, MailIds names, boolean shared, Runnable sweep) {
    this.clock = clock;
    this.names = names;
    this.shared = shared;
    this.sweep = sweep;
  }

  long begin() {
    long body = names.next().value();
    live.add(body);
    return body;
  }

  /** Nobody writes it any more: it belongs to a mail now, or is to be swept. */
  void end(long body, boolean kept) {
    if (!kept) {
      given.add(body);
    }
    live.remove(body);
    if (!kept) {
      sweep.run();
    }
  }

  /** Whether a draft's pieces can go. */
  boolean isOrphan(long body, long begunAt) {
    if (live.contains(body)) {
      return false;
    }
    return !shared
        || given.contains(body)
        || begunAt < clock.instant().minus(FORSAKEN_AFTER).toEpochMilli();
  }

  void swept(long body) {
    given.remove(body);
  }

  long now() {
    return clock.millis();
  }
}
