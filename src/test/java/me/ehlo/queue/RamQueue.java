package me.ehlo.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import me.ehlo.mail.StorageFailure;
import me.ehlo.store.RamStore;

/** A queue in memory, for tests. */
public final class RamQueue implements Queue {
  private static final Duration HELD_FOR = Duration.ofDays(365);
  private static final Duration OVERDUE_BY_FAR = Duration.ofHours(1);

  private final RamStore store;
  private final AtomicLong leases = new AtomicLong(1L << 59); // above every mail's id

  public RamQueue(RamStore store) {
    this.store = store;
  }

  @Override
  public List<QueueEntry> claim(Instant now, Instant lease, int most) throws StorageFailure {
    synchronized (store) {
      store.check();
      long fresh = leases.incrementAndGet();
      List<QueueEntry> due =
          store.entries().stream()
              .filter(entry -> entry.next().filter(next -> !next.isAfter(now)).isPresent())
              .sorted(Comparator.comparing(entry -> entry.next().orElseThrow()))
              .limit(most)
              .map(entry -> changed(entry, taken(entry), Optional.of(lease), fresh))
              .toList();
      due.forEach(store::put);
      return due.stream()
          .collect(Collectors.groupingBy(QueueEntry::mail, LinkedHashMap::new, Collectors.toList()))
          .values()
          .stream()
          .flatMap(Collection::stream)
          .toList();
    }
  }

  private static State taken(QueueEntry entry) {
    return entry.state().isFinal() ? entry.state() : State.DELIVERING;
  }

  @Override
  public Optional<Instant> next() throws StorageFailure {
    store.check();
    return store.entries().stream()
        .flatMap(entry -> entry.next().stream())
        .min(Comparator.naturalOrder());
  }

  @Override
  public int settle(List<Settlement> settlements) throws StorageFailure {
    return store.settle(settlements);
  }

  @Override
  public int recover(Instant now) throws StorageFailure {
    synchronized (store) {
      store.check();
      List<QueueEntry> inHand =
          store.entries().stream().filter(entry -> entry.lease() != 0).toList();
      inHand.forEach(entry ->
          store.put(
              changed(
                  entry,
                  entry.state().isFinal() ? entry.state() : State.WAITING,
                  Optional.of(now),
                  0)));
      return inHand.size();
    }
  }

  @Override
  public List<QueueEntry> list(Selection selection, int most) throws StorageFailure {
    store.check();
    return store.entries().stream().filter(selection::means).limit(most).toList();
  }

  @Override
  public long apply(Selection selection, Action action, Instant now) throws StorageFailure {
    synchronized (store) {
      List<QueueEntry> acted = new ArrayList<>();
      for (QueueEntry entry : list(selection, Integer.MAX_VALUE)) {
        if (entry.lease() == 0) {
          act(entry, action, now).ifPresent(acted::add);
        }
      }
      acted.forEach(store::put);
      store.letGo(acted.stream().map(QueueEntry::mail).collect(Collectors.toSet()));
      return acted.size();
    }
  }

  private static Optional<QueueEntry> act(QueueEntry entry, Action action, Instant now) {
    boolean waiting = entry.state() == State.WAITING;
    boolean held = entry.state() == State.HELD;
    return switch (action) {
      case RETRY -> when(waiting, entry, State.WAITING, Optional.of(sooner(now, entry)));
      case HOLD -> when(waiting, entry, State.HELD, Optional.of(now.plus(HELD_FOR)));
      case RELEASE -> when(held, entry, State.WAITING, Optional.of(now));
      case CANCEL -> when(waiting || held, entry, State.CANCELLED, Optional.empty());
    };
  }

  private static Instant sooner(Instant now, QueueEntry entry) {
    return entry.next().filter(now::isAfter).orElse(now);
  }

  private static Optional<QueueEntry> when(
      boolean concerned, QueueEntry entry, State state, Optional<Instant> next) {
    return concerned ? Optional.of(changed(entry, state, next, 0)) : Optional.empty();
  }

  private static QueueEntry changed(
      QueueEntry entry, State state, Optional<Instant> next, long lease) {
    return new QueueEntry(
        entry.mail(),
        entry.n(),
        lease,
        entry.from(),
        entry.dsn(),
        entry.recipient(),
        entry.notices(),
        entry.orcpt(),
        state,
        entry.attempts(),
        entry.since(),
        next,
        entry.warned(),
        entry.cause());
  }

  @Override
  public Map<State, Long> tally() throws StorageFailure {
    store.check();
    return store.entries().stream()
        .collect(Collectors.groupingBy(QueueEntry::state, Collectors.counting()));
  }

  @Override
  public long strays(Instant now) throws StorageFailure {
    store.check();
    Instant before = now.minus(OVERDUE_BY_FAR);
    return store.entries().stream().filter(entry -> isStray(entry, before)).count();
  }

  private static boolean isStray(QueueEntry entry, Instant before) {
    return entry.next().map(next -> next.isBefore(before)).orElse(!entry.state().isFinal());
  }
}
