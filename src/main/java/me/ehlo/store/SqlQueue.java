package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.mail.StorageFailure;
import me.ehlo.queue.Queue;
import me.ehlo.queue.QueueEntry;
import me.ehlo.queue.Selection;
import me.ehlo.queue.Settlement;
import me.ehlo.queue.State;
import me.ehlo.spool.MailIds;

/** The queue in the database. */
final class SqlQueue implements Queue {
  private static final Duration OVERDUE_BY_FAR = Duration.ofHours(1);

  private final Database database;
  private final Usages usages;
  private final Fresh fresh;
  private final InstantSource clock;
  private final MailIds leases;
  private final Runnable sweep;

  SqlQueue(
      Database database,
      Usages usages,
      Fresh fresh,
      InstantSource clock,
      MailIds leases,
      Runnable sweep) {
    this.database = database;
    this.usages = usages;
    this.fresh = fresh;
    this.clock = clock;
    this.leases = leases;
    this.sweep = sweep;
  }

  @Override
  public List<QueueEntry> claim(Instant now, Instant lease, int most) throws StorageFailure {
    return database.write(new Claiming(now, lease, most, leases.next()));
  }

  @Override
  public Optional<Instant> next() throws StorageFailure {
    return database.read(SqlQueue::next);
  }

  private static Optional<Instant> next(Session session) throws SQLException {
    long next =
        number(
            session,
            """
            SELECT min(next) FROM (
              SELECT min(next_at) AS next FROM queue_entry WHERE lease = 0 AND next_at IS NOT NULL
              UNION ALL SELECT min(next_at) FROM queue_entry WHERE lease <> 0) AS both_indexes
            """);
    return next == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next));
  }

  @Override
  public int settle(List<Settlement> settlements) throws StorageFailure {
    int counted = database.write(new Settling(settlements, usages, fresh, clock, sweep));
    for (Settlement settlement : settlements) {
      settlement.changes().forEach(change -> fresh.forget(change.entry().mail()));
    }
    return counted;
  }

  @Override
  public int recover(Instant now) throws StorageFailure {
    return database.write(session -> recover(session, now));
  }

  private static int recover(Session session, Instant now) throws SQLException {
    PreparedStatement update =
        session.prepare(
            """
            UPDATE queue_entry SET lease = 0, next_at = ?,
                state = CASE state WHEN 'delivering' THEN 'waiting' ELSE state END
            WHERE lease <> 0 AND next_at >= 0
            """);
    update.setLong(1, now.toEpochMilli());
    return update.executeUpdate();
  }

  @Override
  public List<QueueEntry> list(Selection selection, int most) throws StorageFailure {
    List<QueueEntry> listed = new ArrayList<>();
    Selecting pages = new Selecting(selection);
    while (pages.more() && listed.size() < most) {
      listed.addAll(database.read(pages::next));
    }
    return List.copyOf(listed.subList(0, Math.min(most, listed.size())));
  }

  /** What is meant is found beside the writer, which then has only to change it, a page at a time. */
  @Override
  public long apply(Selection selection, Action action, Instant now) throws StorageFailure {
    long done = 0;
    Selecting pages = new Selecting(selection);
    while (pages.more()) {
      List<QueueEntry> page =
          database.read(pages::next).stream()
              .filter(entry -> Acting.concerns(action, entry.state()))
              .toList();
      if (!page.isEmpty()) {
        done += database.write(new Acting(page, action, now, sweep));
        page.forEach(entry -> fresh.forget(entry.mail()));
      }
    }
    return done;
  }

  @Override
  public Map<State, Long> tally() throws StorageFailure {
    return database.read(SqlQueue::tally);
  }

  private static Map<State, Long> tally(Session session) throws SQLException {
    Map<State, Long> tally = new EnumMap<>(State.class);
    try (ResultSet row =
        session.prepare("SELECT state, count(*) FROM queue_entry GROUP BY state").executeQuery()) {
      while (row.next()) {
        long count = row.getLong(2);
        QueueRows.known(row.getString(1)).ifPresent(state -> tally.put(state, count));
      }
    }
    return tally;
  }

  @Override
  public long strays(Instant now) throws StorageFailure {
    long before = now.minus(OVERDUE_BY_FAR).toEpochMilli();
    return database.read(session -> strays(session, before));
  }

  /** The table itself refuses an unfinished entry without a next event, so only overdue ones are to be looked for. */
  private static long strays(Session session, long before) throws SQLException {
    PreparedStatement count =
        session.prepare(
            """
            SELECT (SELECT count(*) FROM queue_entry WHERE lease = 0 AND next_at < ?)
                + (SELECT count(*) FROM queue_entry WHERE lease <> 0 AND next_at < ?)
            """);
    count.setLong(1, before);
    count.setLong(2, before);
    try (ResultSet row = count.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static long number(Session session, String query) throws SQLException {
    try (ResultSet row = session.prepare(query).executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
