package me.ehlo.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import me.ehlo.access.Directory.Entry;
import me.ehlo.mail.StorageFailure;
import me.ehlo.store.SqlDirectory.Name;

/**
 * What names led to lately.
 *
 * <p>Every change of the directory begins a new memory. A look-up that was under way meanwhile puts what it found into
 * the old one, where nobody will see it; so what is remembered is never older than the last change.
 */
final class Found {
  private static final int REMEMBERED_MAX = 20_000;
  private static final long SHARED_FOR_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final boolean shared;
  private volatile Memory memory = new Memory();

  private record Memory(Map<Name, Entry> entries, long sinceNanos) {
    Memory() {
      this(new ConcurrentHashMap<>(), System.nanoTime());
    }
  }

  /** Asks the database. */
  @FunctionalInterface
  interface Search {
    Entry search(Name name) throws StorageFailure;
  }

  Found(boolean shared) {
    this.shared = shared;
  }

  Entry find(Name name, Search database) throws StorageFailure {
    Memory now = fresh();
    Entry known = now.entries.get(name);
    if (known != null) {
      return known;
    }
    Entry entry = database.search(name);
    now.entries.put(name, entry);
    return entry;
  }

  /** Those who guess addresses must not fill our memory, and other nodes' changes count within a second. */
  private Memory fresh() {
    Memory now = memory;
    boolean old = shared && System.nanoTime() - now.sinceNanos > SHARED_FOR_NANOS;
    if (old || now.entries.size() >= REMEMBERED_MAX) {
      forget();
    }
    return memory;
  }

  void forget() {
    memory = new Memory();
  }
}
