package me.ehlo.dns;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Answers, kept as long as they hold: a bounded number, the one longest unused goes first. Who asks what another is just asking
 * waits for the other's answer.
 */
final class Remembered<K, V> {
  private static final class Slot<V> {
    private final CompletableFuture<V> value = new CompletableFuture<>();
    private Instant until = Instant.MAX; // while it is being asked
  }

  /** A value and for how long it holds. */
  record Lasting<V>(V value, Duration holds) {}

  private final InstantSource clock;
  private final int most;
  private final Map<K, Slot<V>> slots = new LinkedHashMap<>(16, 0.75f, true);

  Remembered(InstantSource clock, int most) {
    this.clock = clock;
    this.most = most;
  }

  /** The value that holds now, asked for if there is none. */
  V get(K key, Function<K, Lasting<V>> ask) {
    Slot<V> mine = new Slot<>();
    Slot<V> slot = slot(key, mine);
    if (slot != mine) {
      return slot.value.join();
    }
    try {
      Lasting<V> asked = ask.apply(key);
      hold(mine, asked.holds);
      mine.value.complete(asked.value);
      return asked.value;
    } finally {
      if (!mine.value.isDone()) {
        forget(key);
        mine.value.cancel(false); // asking failed in a way it never should; nobody waits for ever
      }
    }
  }

  private synchronized Slot<V> slot(K key, Slot<V> mine) {
    Slot<V> slot = slots.get(key);
    if (slot != null && clock.instant().isBefore(slot.until)) {
      return slot;
    }
    slots.put(key, mine);
    if (slots.size() > most) {
      slots.remove(slots.keySet().iterator().next());
    }
    return mine;
  }

  private synchronized void hold(Slot<V> slot, Duration holds) {
    slot.until = clock.instant().plus(holds);
  }

  private synchronized void forget(K key) {
    slots.remove(key);
  }
}
