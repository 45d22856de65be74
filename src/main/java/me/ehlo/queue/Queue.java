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
   * @return oldest due first, at most {@code most}; all entries of a mail that are due stand together
   */
  List<QueueEntry> claim(Instant now, Instant lease, int most) throws StorageFailure;

  /** When the next entry that nobody has in hand is due; empty when none waits. */
  Optional<Instant> next() throws StorageFailure;

  /**
   * Writes what became of entries, all in one commit that has reached the disk when this returns. A mail without unfinished
   * entries is let go: freed, unless a maildrop holds it.
   *
   * @return how many changes counted; those of entries that another has taken over do not
   */
  int settle(List<Settlement> settlements) throws StorageFailure;

  /** Nobody else uses this store: what an earlier process had in hand waits again, due at once. Tells how many. */
  int recover(Instant now) throws StorageFailure;

  /** The entries that are meant, oldest mail first. */
  List<QueueEntry> list(Selection selection, int most) throws StorageFailure;

  /** Does this with what is meant and not in hand just now; tells with how many entries. */
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

  /** How many entries are in each state. */
  Map<State, Long> tally() throws StorageFailure;
}
