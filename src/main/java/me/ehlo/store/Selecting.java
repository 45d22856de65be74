package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.ehlo.mail.MailId;
import me.ehlo.queue.QueueEntry;
import me.ehlo.queue.Selection;
import me.ehlo.queue.State;

/**
 * Reads the entries that are meant, page by page in the order of their mails.
 *
 * <p>The database leaves out what it can tell quickly, so that a few among a million are found in a second. What is left is
 * compared as addresses are; those that are not ASCII only so.
 */
final class Selecting {
  private static final int AT_ONCE = 500;

  private final Selection selection;
  private final String query;
  private final List<Object> values = new ArrayList<>();
  private long mail = -1;
  private int n = -1;
  private boolean more = true;

  Selecting(Selection selection) {
    this.selection = selection;
    this.query =
        QueueRows.SELECT
            + " WHERE (q.mail, q.n) > (?, ?) AND q.mail <= ? AND q.state IN ("
            + states(selection)
            + ")"
            + conditions()
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

  /** There are few different texts, so that each may be kept prepared. */
  private String conditions() {
    StringBuilder sql = new StringBuilder();
    selection.before().ifPresent(time -> add(sql, "q.since < ?", time.toEpochMilli()));
    selection.reason().ifPresent(reason -> add(sql, "q.reason = ?", reason));
    selection
        .recipient()
        .ifPresent(address -> add(sql, text("q.recipient", "="), lower(address.toString())));
    String above = selection.subdomains() ? "%" : "%@";
    selection
        .domain()
        .ifPresent(domain -> add(sql, text("q.recipient", "LIKE"), above + domain.ascii()));
    selection
        .sender()
        .ifPresent(sender -> add(sql, text("coalesce(m.reverse_path, '')", "="), lower(sender)));
    return sql.toString();
  }

  private static String text(String column, String operator) {
    return "(lower(%1$s) %2$s ? OR octet_length(%1$s) > length(%1$s))".formatted(column, operator);
  }

  private void add(StringBuilder sql, String condition, Object value) {
    sql.append(" AND ").append(condition);
    values.add(value);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
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
    int index = 4;
    for (Object value : values) {
      select.setObject(index++, value);
    }
    select.setInt(index, AT_ONCE);
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
