package me.ehlo.net;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Keeps the time for a set of wires: one thread looks at all of them and ends the waits that are over. */
final class Timekeeper {
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);

  private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  Timekeeper(String name) {
    Thread.ofPlatform().daemon().name(name + "-watch").start(this::watch);
  }

  void add(Wire wire) {
    wires.add(wire);
  }

  void remove(Wire wire) {
    wires.remove(wire);
  }

  int size() {
    return wires.size();
  }

  void forEach(Consumer<Watch> action) {
    wires.forEach(wire -> action.accept(wire.watch()));
  }

  /** There will be no new wires; the thread ends with the last one. */
  void close() {
    stopping = true;
  }

  /** Waits for the last wire to go, at most this long; then ends the reading of those that remain. */
  void awaitEnd(Duration patience) {
    waitWhileOpen(patience);
    forEach(Watch::stop);
    waitWhileOpen(LAST_WORDS);
  }

  private void waitWhileOpen(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!wires.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private void watch() {
    while (!stopping || !wires.isEmpty()) {
      LockSupport.parkNanos(TICK.toNanos());
      long now = System.nanoTime();
      forEach(watch -> watch.check(now));
    }
  }
}
