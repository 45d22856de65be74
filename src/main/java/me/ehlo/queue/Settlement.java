package me.ehlo.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Mailbox;
import me.ehlo.spool.Composed;

/**
 * What becomes of entries of one mail, and the reports that tell of it: one commit, so that no failure is without its
 * report and no report without its failure.
 */
public record Settlement(List<Change> changes, List<Composed> reports) {
  public Settlement {
    changes = List.copyOf(changes);
    reports = List.copyOf(reports);
  }

  /** What becomes of an entry; it counts only while the entry's lease is the one it was claimed under. */
  public sealed interface Change {
    QueueEntry entry();

    /**
     * Nothing more happens to it.
     *
     * @param state a final one
     * @param cause none: what an earlier attempt left is forgotten
     * @param accounts the maildrops it goes into (delivered, expanded)
     * @param elsewhere further recipients of the same mail, waiting and due at once (expanded); they inherit notify
     *     without SUCCESS, and orcpt
     */
    record Done(
        QueueEntry entry,
        State state,
        Optional<QueueEntry.Kept> cause,
        List<AccountId> accounts,
        List<Mailbox> elsewhere)
        implements Change {}

    /**
     * It is tried again; nobody holds it meanwhile.
     *
     * @param cause none: that of the attempt before stays
     */
    record Again(
        QueueEntry entry,
        Instant next,
        int attempts,
        boolean warned,
        Optional<QueueEntry.Kept> cause)
        implements Change {}
  }
}
