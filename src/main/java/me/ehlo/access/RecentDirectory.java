package me.ehlo.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.StorageFailure;

/**
 * Remembers for a second what the directory said of an address, so that a busy server asks it once and not for each mail.
 *
 * <p>A second is what a change made elsewhere may take to be seen; so it needs no word of it.
 */
public final class RecentDirectory {
  private static final Duration KEPT = Duration.ofSeconds(1);
  private static final int ENTRIES_MAX = 10_000;

  private record Remembered(Directory.Entry entry, Instant until) {}

  private final Directory directory;
  private final InstantSource clock;
  private final ConcurrentHashMap<Mailbox, Remembered> recent = new ConcurrentHashMap<>();

  public RecentDirectory(Directory directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** As {@link Directory#find}, up to a second old. */
  public Directory.Entry find(Mailbox address) throws StorageFailure {
    Instant now = clock.instant();
    Remembered known = recent.get(address);
    if (known != null && now.isBefore(known.until())) {
      return known.entry();
    }
    Directory.Entry entry = directory.find(address);
    if (recent.size() >= ENTRIES_MAX) {
      recent.clear();
    }
    recent.put(address, new Remembered(entry, now.plus(KEPT)));
    return entry;
  }
}
