package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.ehlo.mail.MailId;
import me.ehlo.queue.QueueEntry;
import me.ehlo.queue.Selection;
import me.ehlo.queue.State;

/**
 * Reads the entries that are meant, page by page in the order of their mails.
 *
 * <p>The database leaves out what it can tell quickly; addresses are compared as addresses.
 */
final class Selecting {
  private static final int AT_ONCE = 1_000;

  private final Selection selection;
  private final String query;
  private long mail = -1;
  private int n = -1;
  private boolean more = true;

  Selecting(Selection selection) {
    this.selection = selection;
    this.query =
        QueueRows.SELECT
            + " WHERE (q.mail, q.n) > (?, ?) AND q.mail <= ? AND q.since < ? AND q.state IN ("
            + states(selection)
            + ")"
            + (selection.reason().isPresent() ? " AND q.reason = ?" : "")
            + " ORDER BY q.mail, q.n LIMIT ?";
    if (selection.mail().isPresent()) {
      mail = selection.mail().get().value() - 1;
      n = Integer.MAX_VALUE;
    }
  }

  private static String states(Selection selection) {
    return Stream.of(State.values())
        .filter(selection::means)
        .map(state -> "'" + state + "'")
        .collect(Collectors.joining(", "));
  }

  /** Whether there may be another page. */
  boolean more() {
    return more;
  }

  /** The next page: what is meant of it. */
  List<QueueEntry> next(Session session) throws SQLException {
    PreparedStatement select = session.prepare(query);
    select.setLong(1, mail);
    select.setInt(2, n);
    select.setLong(3, selection.mail().map(MailId::value).orElse(Long.MAX_VALUE));
    select.setLong(4, selection.before().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
    int limit = 5;
    if (selection.reason().isPresent()) {
      select.setString(limit++, selection.reason().get());
    }
    select.setInt(limit, AT_ONCE);
    List<QueueEntry> meant = new ArrayList<>();
    int count = 0;
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        count++;
        mail = row.getLong(1);
        n = row.getInt(2);
        QueueRows.read(row).filter(selection::means).ifPresent(meant::add);
      }
    }
    more = count == AT_ONCE;
    return meant;
  }
}
