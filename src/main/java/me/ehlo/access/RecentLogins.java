package me.ehlo.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import me.ehlo.mail.Mailbox;
import me.ehlo.trace.Event;
import me.ehlo.trace.Journal;

/**
 * POP before SMTP: who has read mail from an address a short while ago may send from it.
 *
 * <p>An address is a weak sign of who somebody is: everybody behind it may relay meanwhile. So it is off unless asked for,
 * bounded, forgotten when the server stops, and told in the log each time.
 */
public final class RecentLogins {
  private static final int ADDRESSES_MAX = 10_000;

  private record Login(Mailbox user, Instant until, boolean told) {}

  private final Duration open;
  private final Journal journal;
  private final InstantSource clock;
  private final Map<String, Login> logins = new LinkedHashMap<>(); // the oldest first

  /**
   * @param open how long after a login an address may relay; zero: never
   */
  public RecentLogins(Duration open, Journal journal, InstantSource clock) {
    this.open = open;
    this.journal = journal;
    this.clock = clock;
  }

  /** Where no login opens anything. */
  public static RecentLogins off() {
    return new RecentLogins(Duration.ZERO, _ -> {}, () -> Instant.EPOCH);
  }

  /** Says in the log that relaying is opened in this way, if it is. */
  public void announce() {
    if (!open.isZero()) {
      note(
          "policy.pop-before-smtp is on: a POP3 login opens relaying for everybody at that address for "
              + open.toSeconds()
              + " s");
    }
  }

  /** This user has logged in by POP3 from this address. */
  public synchronized void loggedIn(String address, Mailbox user) {
    if (open.isZero()) {
      return;
    }
    Instant now = clock.instant();
    Login before = logins.remove(address);
    boolean told = before != null && before.told() && now.isBefore(before.until());
    logins.put(address, new Login(user, now.plus(open), told));
    forget(now);
  }

  /** Whether this address may relay; the log tells of it once for each time it was opened. */
  public synchronized boolean opens(String address) {
    Login login = logins.get(address);
    if (login == null || !clock.instant().isBefore(login.until())) {
      return false;
    }
    if (!login.told()) {
      logins.put(address, new Login(login.user(), login.until(), true));
      note(address + " relays because " + login.user() + " has logged in from there by POP3");
    }
    return true;
  }

  private void forget(Instant now) {
    Iterator<Login> all = logins.values().iterator();
    Login oldest = all.next();
    while (logins.size() > ADDRESSES_MAX || !now.isBefore(oldest.until())) {
      all.remove();
      oldest = all.next(); // the newest, at least, stays
    }
  }

  private void note(String what) {
    journal.record(new Event.Note(clock.instant(), "relaying", what));
  }
}
