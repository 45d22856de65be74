package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import me.ehlo.mail.MailId;
import me.ehlo.mail.StorageFailure;

/**
 * Reads everything and compares: the database with itself, each mail with its checksums, its maildrops and its entries in the
 * queue, each entry with its mail.
 *
 * <p>It goes page by page, each page one state of the database, so that it needs little memory and holds up nobody while the
 * server runs.
 */
final class Verification {
  static final int FINDINGS_MAX = 1_000;
  private static final int MAILS_AT_ONCE = 32;
  private static final int ENTRIES_AT_ONCE = 1_000;

  private final Database database;
  private final List<Finding> findings = new ArrayList<>();

  private record Entry(long account, long mail) {}

  Verification(Database database) {
    this.database = database;
  }

  /** What is wrong; empty when the store is sound. After a thousand findings it stops. */
  List<Finding> run() throws StorageFailure {
    database.read(this::checkDatabase);
    for (long last = -1; last != Long.MAX_VALUE && findings.size() < FINDINGS_MAX; ) {
      long after = last;
      last = database.read(snapshot(session -> checkMails(session, after)));
    }
    for (Entry last = new Entry(-1, -1);
        last.account != Long.MAX_VALUE && findings.size() < FINDINGS_MAX; ) {
      Entry after = last;
      last = database.read(snapshot(session -> checkEntries(session, after)));
    }
    database.read(snapshot(this::checkChunks));
    database.read(this::checkReleased);
    database.read(this::checkQueue);
    return List.copyOf(findings);
  }

  private static <T> Work<T> snapshot(Work<T> work) {
    return session -> {
      session.execute(session.dialect().beginReading());
      try {
        return work.run(session);
      } finally {
        session.execute("COMMIT");
      }
    };
  }

  private boolean checkDatabase(Session session) throws SQLException {
    try (ResultSet row = session.prepare(session.dialect().check()).executeQuery()) {
      while (row.next()) {
        if (!row.getString(1).equals("ok")) {
          find("database", row.getString(1));
        }
      }
    }
    return true;
  }

  /** Checks the mails after this one; the last id, or the greatest number when there are no more. */
  private long checkMails(Session session, long after) throws SQLException {
    PreparedStatement select =
        session.prepare(
            "SELECT " + MailHead.COLUMNS + ", content FROM mail WHERE id > ? ORDER BY id LIMIT ?");
    select.setLong(1, after);
    select.setInt(2, MAILS_AT_ONCE);
    int count = 0;
    long last = after;
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        count++;
        MailHead.Row mail = MailHead.read(row);
        last = mail.head().id();
        new MailCheck(session, mail, what -> find("mail " + new MailId(mail.head().id()), what))
            .run();
      }
    }
    return count == MAILS_AT_ONCE ? last : Long.MAX_VALUE;
  }

  private Entry checkEntries(Session session, Entry after) throws SQLException {
    PreparedStatement select =
        session.prepare(
            """
            SELECT e.account, e.mail, e.octets, m.recipients, m.reverse_path, m.received, m.octets
            FROM maildrop_entry e LEFT JOIN mail m ON m.id = e.mail
            WHERE (e.account, e.mail) > (?, ?) ORDER BY e.account, e.mail LIMIT ?
            """);
    select.setLong(1, after.account);
    select.setLong(2, after.mail);
    select.setInt(3, ENTRIES_AT_ONCE);
    int count = 0;
    Entry last = after;
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        count++;
        last = new Entry(row.getLong(1), row.getLong(2));
        checkEntry(last, row);
      }
    }
    return count == ENTRIES_AT_ONCE ? last : new Entry(Long.MAX_VALUE, 0);
  }

  private void checkEntry(Entry entry, ResultSet row) throws SQLException {
    String about = "account " + entry.account;
    String mail = new MailId(entry.mail).toString();
    if (row.getString(4) == null) {
      find(about, "its maildrop names the mail " + mail + ", which is not in the store");
    } else if (!MailCheck.isFor(row.getString(4), entry.account)) {
      find(about, "its maildrop names the mail " + mail + ", which is not for it");
    } else if (row.getLong(3)
        != MailHead.front(row.getString(5), row.getString(6)).length + row.getLong(7)) {
      find(about, "its maildrop gives a wrong size for the mail " + mail);
    }
  }

  private boolean checkChunks(Session session) throws SQLException {
    return rows(
        session,
        """
        SELECT body FROM chunk WHERE n = 0 AND body NOT IN (SELECT body FROM draft)
        AND body NOT IN (SELECT body FROM mail WHERE body <> 0)
        """,
        "belongs to no mail and no draft: the pieces of body ");
  }

  private boolean checkReleased(Session session) throws SQLException {
    return rows(
        session,
        "SELECT mail FROM released WHERE others < 0",
        "left more maildrops than it was put into: the mail with the number ");
  }

  private boolean checkQueue(Session session) throws SQLException {
    return rows(
        session,
        """
        SELECT DISTINCT mail FROM queue_entry q
        WHERE NOT EXISTS (SELECT 1 FROM mail m WHERE m.id = q.mail)
        """,
        "is in the queue, but not in the store: the mail with the number ");
  }

  private boolean rows(Session session, String query, String what) throws SQLException {
    try (ResultSet row = session.prepare(query).executeQuery()) {
      while (row.next()) {
        find("database", what + row.getLong(1));
      }
    }
    return true;
  }

  private void find(String about, String what) {
    if (findings.size() < FINDINGS_MAX) {
      findings.add(new Finding(about, what));
    }
  }
}
