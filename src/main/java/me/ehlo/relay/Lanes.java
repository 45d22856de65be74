package me.ehlo.relay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import me.ehlo.mail.Cause;
import me.ehlo.mail.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The lines in which mails stand, one for each way out, and how many callers each may have.
 *
 * <p>A lane begins with a few callers, gets one more for each round of successes while mails wait, and loses half of them
 * by trouble. A caller is one conversation; it stays with its lane and waits there for the next mail as long as its
 * connection is kept, so that nothing is looked up or handed over on the way from the queue to the wire. When all
 * conversations are taken, lanes wait in line for the next that ends, idle ones are ended for them, and callers go after
 * their turn however many mails wait in their own lane. Nothing blocks under the lock, and outcomes are told outside it.
 */
final class Lanes {
  private static final int FAILURES_MAX = 3;
  private static final long FORGET_NANOS = Duration.ofMinutes(10).toNanos();
  private static final long ALIVE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long TURN_NANOS = Duration.ofSeconds(5).toNanos();
  private static final Duration LATER = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofSeconds(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Deque<Lane> hungry = new ArrayDeque<>();
  private final RelayLimits limits;
  private final Consumer<Lane> hire;
  private final IntUnaryOperator dice;
  private final LongSupplier nanos;
  private int callers;
  private boolean closing;

  /**
   * @param hire starts a caller for a lane; it calls {@link #take} until that gives nothing, then {@link #left}
   * @param dice a number from 0 up to its argument
   */
  Lanes(RelayLimits limits, Consumer<Lane> hire, IntUnaryOperator dice, LongSupplier nanos) {
    this.limits = limits;
    this.hire = hire;
    this.dice = dice;
    this.nanos = nanos;
  }

  /** Puts a parcel into its lane; or tells why that cannot be. */
  Optional<Outcome> offer(String name, Parcel parcel) {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      Lane lane = lanes.computeIfAbsent(name, key -> new Lane(key, limits.atFirst(), now));
      lane.usedAt = now;
      if (closing) {
        return Optional.of(new Outcome.Postponed(Duration.ZERO));
      }
      if (now - lane.downUntil < 0) {
        return lane.down.map(cause -> new Outcome.Delayed(cause, false));
      }
      if (lane.waiting.size() >= limits.waiting()) {
        boolean moving = lane.connected > 0 && hasJustRelayed(lane, SOON.toNanos());
        return Optional.of(later(moving ? SOON : LATER));
      }
      add(lane, parcel);
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Puts a parcel back to the head of its lane; false when we are stopping. */
  boolean putBack(Lane lane, Parcel parcel) {
    lock.lock();
    try {
      if (closing) {
        return false;
      }
      lane.waiting.addFirst(parcel);
      staff(lane);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether no more is taken, because we stop. */
  boolean isClosing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  /** A place for a new caller. */
  Lane.Seat seat() {
    return new Lane.Seat(lock.newCondition(), nanos.getAsLong());
  }

  /** The next parcel for a caller; one that is connected waits for it. Empty: the caller is to go. */
  Optional<Parcel> take(Lane lane, Lane.Seat seat, boolean connected) {
    lock.lock();
    try {
      if (mustGo(lane, seat)) {
        handOn(lane);
        return Optional.empty();
      }
      Parcel next = lane.waiting.poll();
      if (next != null) {
        return Optional.of(next);
      }
      if (!connected || !hungry.isEmpty()) {
        return Optional.empty();
      }
      seat.since = nanos.getAsLong();
      lane.idle.push(seat);
      while (seat.handed == null && !seat.leave) {
        seat.wake.awaitUninterruptibly();
      }
      Parcel handed = seat.handed;
      seat.handed = null;
      return Optional.ofNullable(handed);
    } finally {
      lock.unlock();
    }
  }

  /** The next parcel, if one waits and the caller need not go. */
  Optional<Parcel> poll(Lane lane, Lane.Seat seat) {
    lock.lock();
    try {
      return mustGo(lane, seat) ? Optional.empty() : Optional.ofNullable(lane.waiting.poll());
    } finally {
      lock.unlock();
    }
  }

  /** A caller has reached a server (1), or has none any more (-1). */
  void connected(Lane lane, int change) {
    lock.lock();
    try {
      lane.connected += change;
    } finally {
      lock.unlock();
    }
  }

  /** A mail was relayed. */
  void relayed(Lane lane) {
    lock.lock();
    try {
      lane.failures = 0;
      lane.downNanos = 0;
      lane.relayedAt = OptionalLong.of(nanos.getAsLong());
      if (++lane.successes >= lane.limit && !lane.waiting.isEmpty()) {
        lane.successes = 0;
        lane.limit = Math.min(lane.limit + 1, limits.perLane());
        staff(lane);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * A conversation broke. After several in a row the lane is down, unless mails have just gone that way: a server that dislikes
   * some mails is no dead server.
   */
  void trouble(Lane lane, Cause cause) {
    List<Parcel> given = List.of();
    lock.lock();
    try {
      halve(lane);
      if (++lane.failures >= FAILURES_MAX && !hasJustRelayed(lane, ALIVE_NANOS)) {
        given = down(lane, cause);
      }
    } finally {
      lock.unlock();
    }
    given.forEach(parcel -> parcel.settle(new Outcome.Delayed(cause, false)));
  }

  /**
   * No server of this lane could be reached. Unless another caller has one, the lane is down for a while: what waits in it
   * is given back with this cause.
   *
   * @return whether it is down
   */
  boolean unreachable(Lane lane, Cause cause) {
    List<Parcel> given;
    lock.lock();
    try {
      halve(lane);
      if (lane.connected > 0) {
        return false;
      }
      given = down(lane, cause);
    } finally {
      lock.unlock();
    }
    given.forEach(parcel -> parcel.settle(new Outcome.Delayed(cause, false)));
    return true;
  }

  /** A caller has gone. */
  void left(Lane lane) {
    lock.lock();
    try {
      lane.callers--;
      callers--;
      while (!hungry.isEmpty() && callers < limits.conversations()) {
        Lane next = hungry.remove();
        next.hungry = false;
        staff(next);
      }
      staff(lane);
    } finally {
      lock.unlock();
    }
  }

  /** Ends what is idle for too long, gives back what waits for too long, forgets lanes that nobody uses. */
  void sweep() {
    List<Parcel> given = new ArrayList<>();
    lock.lock();
    try {
      long now = nanos.getAsLong();
      Iterator<Lane> each = lanes.values().iterator();
      while (each.hasNext()) {
        Lane lane = each.next();
        dismiss(lane, now - limits.idle().toNanos());
        while (isOld(lane.waiting.peek(), now)) {
          given.add(lane.waiting.remove());
        }
        if (lane.callers == 0
            && lane.waiting.isEmpty()
            && now - Math.max(lane.usedAt, lane.downUntil) > FORGET_NANOS) {
          each.remove();
        }
      }
    } finally {
      lock.unlock();
    }
    given.forEach(parcel -> parcel.settle(later(LATER)));
  }

  /** No more is taken; what waits is given back, and idle callers go. */
  void close() {
    List<Parcel> given = new ArrayList<>();
    lock.lock();
    try {
      closing = true;
      for (Lane lane : lanes.values()) {
        given.addAll(lane.waiting);
        lane.waiting.clear();
        dismiss(lane, nanos.getAsLong());
      }
    } finally {
      lock.unlock();
    }
    given.forEach(parcel -> parcel.settle(new Outcome.Postponed(Duration.ZERO)));
  }

  /** How many callers there are. */
  int callers() {
    lock.lock();
    try {
      return callers;
    } finally {
      lock.unlock();
    }
  }

  private boolean mustGo(Lane lane, Lane.Seat seat) {
    return closing
        || lane.callers > lane.limit
        || !hungry.isEmpty() && nanos.getAsLong() - seat.begun > TURN_NANOS;
  }

  /** What a caller leaves behind goes to one that is idle, since nobody else would come for it. */
  private static void handOn(Lane lane) {
    if (!lane.waiting.isEmpty() && !lane.idle.isEmpty()) {
      hand(lane.idle.remove(), lane.waiting.remove());
    }
  }

  private static void hand(Lane.Seat seat, Parcel parcel) {
    seat.handed = parcel;
    seat.wake.signal();
  }

  private void add(Lane lane, Parcel parcel) {
    Lane.Seat seat = lane.idle.poll();
    if (seat != null) {
      hand(seat, parcel);
    } else {
      lane.waiting.add(parcel);
      staff(lane);
    }
  }

  /** One more caller, if parcels wait and there may be one. */
  private void staff(Lane lane) {
    if (lane.waiting.isEmpty() || lane.callers >= lane.limit || closing) {
      return;
    }
    if (callers < limits.conversations()) {
      lane.callers++;
      callers++;
      hire.accept(lane);
    } else if (!lane.hungry) {
      lane.hungry = true;
      hungry.add(lane);
      dismissOneIdle();
    }
  }

  private void dismissOneIdle() {
    for (Lane lane : lanes.values()) {
      Lane.Seat seat = lane.idle.pollLast();
      if (seat != null) {
        dismiss(seat);
        return;
      }
    }
  }

  /** Sends those away who have been idle since then, or longer. */
  private static void dismiss(Lane lane, long since) {
    Lane.Seat seat = lane.idle.peekLast(); // who came first waits longest
    while (seat != null && seat.since - since <= 0) {
      lane.idle.removeLast();
      dismiss(seat);
      seat = lane.idle.peekLast();
    }
  }

  private static void dismiss(Lane.Seat seat) {
    seat.leave = true;
    seat.wake.signal();
  }

  private static void halve(Lane lane) {
    lane.limit = Math.max(1, lane.limit / 2);
    lane.successes = 0;
  }

  private List<Parcel> down(Lane lane, Cause cause) {
    long pause =
        lane.downNanos == 0
            ? limits.down().toNanos()
            : Math.min(2 * lane.downNanos, limits.downMost().toNanos());
    lane.downNanos = pause;
    lane.downUntil = nanos.getAsLong() + pause;
    lane.down = Optional.of(cause);
    lane.limit = 1;
    lane.failures = 0;
    List<Parcel> given = List.copyOf(lane.waiting);
    lane.waiting.clear();
    return given;
  }

  private boolean isOld(@Nullable Parcel parcel, long now) {
    return parcel != null && now - parcel.since() > limits.waitingFor().toNanos();
  }

  private boolean hasJustRelayed(Lane lane, long within) {
    return lane.relayedAt.isPresent() && nanos.getAsLong() - lane.relayedAt.getAsLong() < within;
  }

  /** Once to twice this long, so that those who are sent away together do not come back together. */
  private Outcome later(Duration atLeast) {
    return new Outcome.Postponed(atLeast.plusMillis(dice.applyAsInt((int) atLeast.toMillis())));
  }
}
