package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Orcpt;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.ReversePath;
import me.ehlo.queue.QueueEntry;
import me.ehlo.queue.State;

/** The rows of {@code queue_entry}; times in milliseconds since 1970. */
final class QueueRows {
  /** Reads entries, with what their mails say of the sender; a mail that is lost must not hide its entries. */
  static final String SELECT =
      """
      SELECT q.mail, q.n, q.recipient, q.notify, q.orcpt, q.state, q.next_at, q.lease, q.since,
          q.attempts, q.warned, q.reason, q.code, q.status, q.text, q.host,
          coalesce(m.reverse_path, ''), coalesce(m.report, '')
      FROM queue_entry q LEFT JOIN mail m ON m.id = q.mail
      """;

  /** The same without what their mails say. */
  static final String SELECT_ALONE =
      """
      SELECT q.mail, q.n, q.recipient, q.notify, q.orcpt, q.state, q.next_at, q.lease, q.since,
          q.attempts, q.warned, q.reason, q.code, q.status, q.text, q.host, '', ''
      FROM queue_entry q
      """;

  /** What an entry has when it is born; everything else is nothing yet. */
  private static final String INSERT =
      """
      INSERT INTO queue_entry (mail, n, recipient, notify, orcpt, state, next_at, lease, since)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String UPDATE =
      """
      UPDATE queue_entry SET state = ?, next_at = ?, lease = ?, attempts = ?, warned = ?,
          reason = ?, code = ?, status = ?, text = ?, host = ?
      WHERE mail = ? AND n = ?
      """;
  private static final String RESCHEDULE =
      "UPDATE queue_entry SET state = ?, next_at = ?, lease = ? WHERE mail = ? AND n = ?";
  private static final QueueEntry.Kept NO_CAUSE = new QueueEntry.Kept("", 0, "", "", "");

  private QueueRows() {}

  static void insert(Session session, QueueEntry entry) throws SQLException {
    PreparedStatement insert = session.prepare(INSERT);
    insert.setLong(1, entry.mail().value());
    insert.setInt(2, entry.n());
    insert.setString(3, entry.recipient().toString());
    insert.setString(4, entry.notices().toString());
    insert.setString(5, entry.orcpt().map(Orcpt::toString).orElse(""));
    insert.setString(6, entry.state().toString());
    setTime(insert, 7, entry.next());
    insert.setLong(8, entry.lease());
    insert.setLong(9, entry.since().toEpochMilli());
    session.gather(insert);
  }

  /** Writes all that changes in an entry's life. */
  static void update(Session session, QueueEntry entry) throws SQLException {
    PreparedStatement update = session.prepare(UPDATE);
    update.setString(1, entry.state().toString());
    setTime(update, 2, entry.next());
    update.setLong(3, entry.lease());
    update.setInt(4, entry.attempts());
    update.setInt(5, entry.warned() ? 1 : 0);
    QueueEntry.Kept cause = entry.cause().orElse(NO_CAUSE);
    update.setString(6, cause.reason());
    update.setInt(7, cause.code());
    update.setString(8, cause.status());
    update.setString(9, cause.text());
    update.setString(10, cause.host());
    update.setLong(11, entry.mail().value());
    update.setInt(12, entry.n());
    session.gather(update);
  }

  /** Writes only when what happens to it next, and in whose hands it is. */
  static void reschedule(
      Session session, long mail, int n, String state, Optional<Instant> next, long lease)
      throws SQLException {
    PreparedStatement update = session.prepare(RESCHEDULE);
    update.setString(1, state);
    setTime(update, 2, next);
    update.setLong(3, lease);
    update.setLong(4, mail);
    update.setInt(5, n);
    session.gather(update);
  }

  private static void setTime(PreparedStatement statement, int index, Optional<Instant> time)
      throws SQLException {
    if (time.isPresent()) {
      statement.setLong(index, time.get().toEpochMilli());
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }

  /** Reads a row of {@link #SELECT}; empty when it is damaged, which must not stop the others. */
  static Optional<QueueEntry> read(ResultSet row) throws SQLException {
    try {
      return Optional.of(entry(row));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** {@link IllegalArgumentException} when a word is none of ours. */
  private static QueueEntry entry(ResultSet row) throws SQLException {
    return new QueueEntry(
        new MailId(row.getLong(1)),
        row.getInt(2),
        row.getLong(8),
        reversePath(row.getString(17)),
        ReportText.read(row.getString(18)),
        mailbox(row.getString(3)),
        Notify.parse(row.getString(4)),
        orcpt(row.getString(5)),
        state(row.getString(6)),
        row.getInt(10),
        Instant.ofEpochMilli(row.getLong(9)),
        time(row, 7),
        row.getInt(11) != 0,
        cause(row));
  }

  private static State state(String text) {
    return known(text).orElseThrow(() -> new IllegalArgumentException(text));
  }

  /** The state of this name; none: the row is damaged. */
  static Optional<State> known(String text) {
    return Stream.of(State.values()).filter(state -> state.toString().equals(text)).findFirst();
  }

  static ReversePath reversePath(String text) {
    return text.isEmpty() ? new ReversePath.Null() : new ReversePath.Sender(mailbox(text));
  }

  private static Mailbox mailbox(String text) {
    return switch (AddressParser.mailbox(text)) {
      case Parsed.Right<Mailbox>(var mailbox) -> mailbox;
      case Parsed.Wrong<Mailbox>(var why) -> throw new IllegalArgumentException(why);
    };
  }

  private static Optional<Orcpt> orcpt(String text) {
    int semicolon = text.indexOf(';');
    return semicolon < 0
        ? Optional.empty()
        : Optional.of(new Orcpt(text.substring(0, semicolon), text.substring(semicolon + 1)));
  }

  private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static Optional<QueueEntry.Kept> cause(ResultSet row) throws SQLException {
    QueueEntry.Kept cause =
        new QueueEntry.Kept(
            row.getString(12),
            row.getInt(13),
            row.getString(14),
            row.getString(15),
            row.getString(16));
    return cause.equals(NO_CAUSE) ? Optional.empty() : Optional.of(cause);
  }
}
