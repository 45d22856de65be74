package me.ehlo.queue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.mail.StorageFailure;

/**
 * The schedule of every recipient at another site, from the commit that accepted it to its final state.
 *
 * <p>Entries are born in the commit that makes their mail ({@code Draft.keep}, {@link Settlement#reports}). Finished ones stay
 * as long as their mail has unfinished ones or is in a maildrop; then they go, with the mail.
 */
public interface Queue {

  /**
   * Takes in hand what is due: waiting entries, owed reports, and entries whose holder's lease is over.
   *
   * @param lease until when this claim holds
   * @return oldest due first, at most {@code most}; those of one mail stand together. One that cannot be read is left out, and
   *     aside for a day
   */
  List<QueueEntry> claim(Instant now, Instant lease, int most) throws StorageFailure;

  /** When {@link #claim} next has something to find: an entry is due, or a lease is over; empty when there is neither. Quick. */
  Optional<Instant> next() throws StorageFailure;

  /**
   * Writes what became of entries, all in one commit that has reached the disk when this returns. A mail without unfinished
   * entries is let go: freed, unless a maildrop holds it.
   *
   * <p>Reports of a settlement of which no change counts are not kept: who has taken over makes his own. An entry whose
   * maildrops ({@link Settlement.Change.Done#accounts}) have been removed meanwhile waits again, due at once, and does not count.
   *
   * @return how many changes counted; those of entries that another has taken over do not
   */
  int settle(List<Settlement> settlements) throws StorageFailure;

  /** Nobody else uses this store: what an earlier process had in hand waits again, due at once. Tells how many. */
  int recover(Instant now) throws StorageFailure;

  /** The entries that are meant, oldest mail first. */
  List<QueueEntry> list(Selection selection, int most) throws StorageFailure;

  /** Does this with what is meant and not in hand just now, a page a commit; tells with how many entries. */
  long apply(Selection selection, Action action, Instant now) throws StorageFailure;

  /** What people may do to entries. */
  enum Action {
    /** Waiting ones are due now. */
    RETRY,
    /** Waiting ones are not tried until they are released, or a year has passed: then they are due like others. */
    HOLD,
    /** Held ones are due now. */
    RELEASE,
    /** Waiting and held ones are given up, and nobody is told. */
    CANCEL
  }

  /** How many entries are in each state; states that none is in may be missing. */
  Map<State, Long> tally() throws StorageFailure;

  /**
   * How many entries break the law that whoever is not settled has a next event: those that have none, or whose event is more
   * than an hour overdue although somebody should have claimed them. Cheap; 0 in a sound queue whose runner keeps up.
   */
  long strays(Instant now) throws StorageFailure;
}
