package me.ehlo.store;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import me.ehlo.mail.StorageFailure;
import me.ehlo.trace.Event;
import me.ehlo.trace.Journal;
import org.jspecify.annotations.Nullable;

/**
 * Whether writing is in trouble: told to the journal once when it begins and once when it is over.
 *
 * <p>On a full disk a small mail may still find room while large ones do not; so trouble is over only when for a second
 * nothing failed.
 */
final class Troubles {
  static final String ROOM = "store";
  private static final long OVER_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Journal journal;
  private final InstantSource clock;
  private StorageFailure.@Nullable Kind kind;
  private long lastNanos;

  Troubles(Journal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** Notes a failure, and gives it the form in which those who wait hear of it; the writer alone calls this. */
  StorageFailure begin(StorageFailure.Kind now, String what, Throwable cause) {
    if (kind != now) {
      journal.record(new Event.Trouble(clock.instant(), ROOM, what));
    }
    kind = now;
    lastNanos = System.nanoTime();
    return new StorageFailure(now, what, cause);
  }

  /** A commit has reached the disk; the writer alone calls this. */
  void fine() {
    if (kind != null && System.nanoTime() - lastNanos >= OVER_AFTER_NANOS) {
      journal.record(new Event.Note(clock.instant(), ROOM, "writing works again"));
      kind = null;
    }
  }
}
