package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import me.ehlo.mail.MailId;
import me.ehlo.queue.QueueEntry;
import me.ehlo.queue.State;

/**
 * Takes entries in hand: those that wait and are due, and those whose holder's lease is over.
 *
 * <p>They stand in two indexes, one small and one that may be large; each is asked for its oldest.
 */
final class Claiming implements Work<List<QueueEntry>> {
  private static final String DUE =
      QueueRows.SELECT
          + " WHERE q.lease = 0 AND q.next_at <= ? ORDER BY q.next_at, q.mail, q.n LIMIT ?";
  private static final String LEASE_OVER =
      QueueRows.SELECT
          + " WHERE q.lease <> 0 AND q.next_at <= ? ORDER BY q.next_at, q.mail, q.n LIMIT ?";

  /** What cannot be read is left aside for so long, so that it does not stand in everybody's way. */
  private static final Duration ASIDE = Duration.ofDays(1);

  private static final Comparator<QueueEntry> OLDEST_DUE_FIRST =
      Comparator.comparing((QueueEntry entry) -> entry.next().orElse(Instant.MAX))
          .thenComparing(QueueEntry::mail)
          .thenComparingInt(QueueEntry::n);

  private final Instant now;
  private final Instant until;
  private final int most;
  private final MailId lease;

  Claiming(Instant now, Instant until, int most, MailId lease) {
    this.now = now;
    this.until = until;
    this.most = most;
    this.lease = lease;
  }

  @Override
  public List<QueueEntry> run(Session session) throws SQLException {
    session.flush(); // entries that were born earlier in this batch may be due
    List<QueueEntry> due = due(session, LEASE_OVER);
    due.addAll(due(session, DUE));
    due.sort(OLDEST_DUE_FIRST);
    List<QueueEntry> claimed = new ArrayList<>();
    for (QueueEntry entry : due.subList(0, Math.min(most, due.size()))) {
      claimed.add(take(session, entry));
    }
    return byMail(claimed);
  }

  private List<QueueEntry> due(Session session, String query) throws SQLException {
    PreparedStatement select = session.prepare(query + session.dialect().lockingOrSkipping("q"));
    select.setLong(1, now.toEpochMilli());
    select.setInt(2, most);
    List<QueueEntry> due = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Optional<QueueEntry> entry = QueueRows.read(row);
        if (entry.isPresent()) {
          due.add(entry.get());
        } else {
          QueueRows.reschedule(
              session,
              row.getLong(1),
              row.getInt(2),
              row.getString(6),
              Optional.of(now.plus(ASIDE)),
              0);
        }
      }
    }
    return due;
  }

  private QueueEntry take(Session session, QueueEntry entry) throws SQLException {
    QueueEntry taken =
        new QueueEntry(
            entry.mail(),
            entry.n(),
            lease.value(),
            entry.from(),
            entry.dsn(),
            entry.recipient(),
            entry.notices(),
            entry.orcpt(),
            entry.state().isFinal() ? entry.state() : State.DELIVERING,
            entry.attempts(),
            entry.since(),
            Optional.of(until),
            entry.warned(),
            entry.cause());
    QueueRows.reschedule(
        session,
        taken.mail().value(),
        taken.n(),
        taken.state().toString(),
        taken.next(),
        taken.lease());
    return taken;
  }

  /** The same order, but that what belongs to one mail stands together. */
  private static List<QueueEntry> byMail(List<QueueEntry> entries) {
    return entries.stream()
        .collect(Collectors.groupingBy(QueueEntry::mail, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .flatMap(Collection::stream)
        .toList();
  }
}
