package me.ehlo.relay;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import me.ehlo.mail.Cause;
import org.jspecify.annotations.Nullable;

/** What {@link Lanes} knows of one way out: who waits, who is calling, and how it has gone. Guarded by the lock of Lanes. */
final class Lane {
  final String name;
  final Deque<Parcel> waiting = new ArrayDeque<>();
  final Deque<Seat> idle = new ArrayDeque<>();

  /** Callers at work or idle. */
  int callers;

  /** Those of them who have a server at the other end. */
  int connected;

  /** How many callers there may be now. */
  int limit;

  /** Mails relayed since the limit last changed. */
  int successes;

  /** Conversations that broke, without a mail relayed between them. */
  int failures;

  /** Whether it stands in the line of lanes that may have another caller when one of another lane leaves. */
  boolean hungry;

  long downUntil;
  long downNanos;
  long usedAt;
  Optional<Cause> down = Optional.empty();

  /** When a mail was relayed last; empty: never yet. */
  OptionalLong relayedAt = OptionalLong.empty();

  Lane(String name, int limit, long now) {
    this.name = name;
    this.limit = limit;
    this.usedAt = now;
    this.downUntil = now;
  }

  /** Where an idle caller waits, so that the parcel can be put into its hand. */
  static final class Seat {
    final Condition wake;
    @Nullable Parcel handed;
    boolean leave;
    final long begun;
    long since;

    Seat(Condition wake, long begun) {
      this.wake = wake;
      this.begun = begun;
    }
  }
}
