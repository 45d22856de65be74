package me.ehlo.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import me.ehlo.mail.AccountId;

/**
 * Counts to how many recipients each account writes, so that in no hour there are more than a certain number: a stolen
 * password is then worth little, and is noticed.
 *
 * <p>It counts by slots of five minutes and forgets a slot when all of it is an hour old. Each node counts for itself, and
 * begins anew when it is started.
 */
public final class AccountRates {
  private static final long SLOT_MILLIS = Duration.ofMinutes(5).toMillis();
  private static final int SLOTS = 13; // an hour, and the slot that is being filled
  private static final int ACCOUNTS_MAX = 100_000;

  /** The counts of one account; the slot of number n stands at n modulo their number. */
  private static final class Window {
    private final int[] counts = new int[SLOTS];
    private long newest;

    int total(long slot) {
      for (long old = Math.max(newest + 1, slot - SLOTS + 1); old <= slot; old++) {
        counts[(int) (old % SLOTS)] = 0;
      }
      newest = Math.max(newest, slot);
      int total = 0;
      for (int count : counts) {
        total += count;
      }
      return total;
    }

    void add() {
      counts[(int) (newest % SLOTS)]++;
    }
  }

  private final int most;
  private final InstantSource clock;
  private final LinkedHashMap<AccountId, Window> windows = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param most recipients an hour
   */
  public AccountRates(int most, InstantSource clock) {
    this.most = most;
    this.clock = clock;
  }

  /** How many an hour there may be. */
  int most() {
    return most;
  }

  /** Counts one more recipient, unless there have been too many. */
  synchronized boolean take(AccountId account) {
    Window window = windows.computeIfAbsent(account, _ -> new Window());
    if (windows.size() > ACCOUNTS_MAX) {
      windows.remove(windows.firstEntry().getKey()); // who has not written for longest
    }
    if (window.total(clock.millis() / SLOT_MILLIS) >= most) {
      return false;
    }
    window.add();
    return true;
  }
}
