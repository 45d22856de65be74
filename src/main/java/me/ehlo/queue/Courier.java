package me.ehlo.queue;

import java.util.List;
import me.ehlo.mail.Outcome;

/** Whoever brings mails to where they go. */
public interface Courier {

  /**
   * Takes these entries of one mail in hand; returns at once. What became of each comes back by a call, exactly once,
   * several together where they had one fate.
   */
  void start(List<QueueEntry> entries, Returns returns);

  /** Where outcomes come back; called from any thread, returns at once. */
  @FunctionalInterface
  interface Returns {
    void came(List<Return> returned);
  }

  /** What became of one entry. */
  record Return(QueueEntry entry, Outcome outcome) {}
}
