package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import me.ehlo.queue.QueueEntry;
import me.ehlo.queue.State;

/** Checks the queue's entries of one mail: each in exactly one state, with a next event or settled, and none missing. */
final class QueueCheck {
  private final Session session;
  private final Consumer<String> finding;

  QueueCheck(Session session, Consumer<String> finding) {
    this.session = session;
    this.finding = finding;
  }

  /**
   * Checks them, if there are any.
   *
   * @param promised the numbers of those that the mail's lines name
   * @return whether the queue holds the mail
   */
  boolean run(long mail, List<Integer> promised) throws SQLException {
    Set<Integer> missing = new HashSet<>(promised);
    List<QueueEntry> entries = new ArrayList<>();
    boolean any = false;
    PreparedStatement select =
        session.prepare(QueueRows.SELECT_ALONE + " WHERE q.mail = ? ORDER BY q.n");
    select.setLong(1, mail);
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        any = true;
        int n = row.getInt(2);
        missing.remove(n);
        Optional<QueueEntry> entry = QueueRows.read(row);
        entry.ifPresentOrElse(entries::add, () -> finding.accept(entry(n) + " cannot be read"));
      }
    }
    if (any) {
      missing.stream().sorted().forEach(n -> finding.accept(entry(n) + " is missing"));
      entries.forEach(this::check);
      if (!entries.isEmpty() && entries.stream().allMatch(entry -> entry.next().isEmpty())) {
        finding.accept("is still in the queue, although all its recipients are settled");
      }
    }
    return any;
  }

  private static String entry(int n) {
    return "its entry " + n + " in the queue";
  }

  private void check(QueueEntry entry) {
    if (entry.next().isEmpty() && !entry.state().isFinal()) {
      finding.accept(entry(entry.n()) + " is " + entry.state() + " and has no next event");
    }
    if (!entry.state().isFinal() && entry.lease() == 0 == (entry.state() == State.DELIVERING)) {
      finding.accept(
          "%s is %s, and %s"
              .formatted(
                  entry(entry.n()),
                  entry.state(),
                  entry.lease() == 0 ? "nobody has it in hand" : "somebody has it in hand"));
    }
  }
}
