package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import me.ehlo.queue.State;

/** The entries of one mail as they stand in this commit: who holds each, and which are finished. */
final class Standing {
  private final long mail;
  private final long body;
  private final Map<Integer, Entry> entries = new HashMap<>();
  private int copies;

  /**
   * One entry.
   *
   * @param state none: it cannot be read, and is not finished by that
   * @param next in milliseconds since 1970; 0 where nothing is to happen
   */
  record Entry(Optional<State> state, long lease, boolean finished, long next) {}

  private Standing(long mail, int copies, long body) {
    this.mail = mail;
    this.copies = copies;
    this.body = body;
  }

  /**
   * Reads all entries of these mails; nobody else changes them until the commit.
   *
   * <p>On a shared database the mails' own rows are locked first. Whoever adds an entry holds that lock, so a query that begins
   * when we have it sees every entry there will be.
   */
  static Map<Long, Standing> lock(Session session, Collection<Long> mails) throws SQLException {
    String list = session.dialect().list(mails);
    if (session.dialect().shared()) {
      PreparedStatement lock =
          session.prepare(
              "SELECT m.id FROM mail m WHERE "
                  + session.dialect().oneOf("m.id")
                  + " ORDER BY m.id"
                  + session.dialect().locking("m"));
      lock.setString(1, list);
      lock.executeQuery().close();
    }
    PreparedStatement select =
        session.prepare(
            "SELECT q.mail, q.n, q.state, q.lease, q.next_at, coalesce(m.copies, 0),"
                + " coalesce(m.body, 0) FROM queue_entry q LEFT JOIN mail m ON m.id = q.mail WHERE "
                + session.dialect().oneOf("q.mail")
                + " ORDER BY q.mail, q.n"
                + session.dialect().locking("q"));
    select.setString(1, list);
    return read(select);
  }

  private static Map<Long, Standing> read(PreparedStatement select) throws SQLException {
    Map<Long, Standing> standing = new TreeMap<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        long mail = row.getLong(1);
        int copies = row.getInt(6);
        long body = row.getLong(7);
        standing
            .computeIfAbsent(mail, id -> new Standing(id, copies, body))
            .entries
            .put(row.getInt(2), entry(row));
      }
    }
    return standing;
  }

  private static Entry entry(ResultSet row) throws SQLException {
    long next = row.getLong(5);
    boolean finished = row.wasNull();
    return new Entry(QueueRows.known(row.getString(3)), row.getLong(4), finished, next);
  }

  long mail() {
    return mail;
  }

  /** Which chunks hold the content; 0: none. */
  long body() {
    return body;
  }

  /** Whether somebody holds the entry under this lease; no lease, no holder. */
  boolean isHeld(int n, long lease) {
    Entry entry = entries.get(n);
    return lease != 0 && entry != null && entry.lease == lease;
  }

  Map<Integer, Entry> entries() {
    return entries;
  }

  /** The number that a further entry gets. */
  int nextNumber() {
    return entries.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
  }

  /** What an entry is from now on; nobody holds it. */
  void put(int n, State state, boolean finished) {
    entries.put(n, new Entry(Optional.of(state), 0, finished, 0));
  }

  void addCopies(int further) {
    copies += further;
  }

  /** Whether the queue is done with the mail. */
  boolean isFinished() {
    return entries.values().stream().allMatch(Entry::finished);
  }

  /** Whether nobody but the queue was ever given the mail. */
  boolean isQueuesAlone() {
    return copies == 1;
  }

  /** Whether the mail's row is there, as it should be. */
  boolean hasMail() {
    return copies > 0;
  }
}
