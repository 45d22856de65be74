package me.ehlo.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import me.ehlo.queue.Queue.Action;
import me.ehlo.queue.QueueEntry;
import me.ehlo.queue.State;

/** Does what somebody wants done with some entries; who is in hand, or in another state by now, is left alone. */
final class Acting implements Work<Long> {
  private static final Duration HELD_FOR = Duration.ofDays(365);

  private final List<QueueEntry> entries;
  private final Action action;
  private final Instant now;
  private final Runnable sweep;
  private boolean leftToSweep;

  Acting(List<QueueEntry> entries, Action action, Instant now, Runnable sweep) {
    this.entries = entries;
    this.action = action;
    this.now = now;
    this.sweep = sweep;
  }

  @Override
  public Long run(Session session) throws SQLException {
    session.flush();
    Map<Long, Standing> standing =
        Standing.lock(
            session,
            entries.stream().map(entry -> entry.mail().value()).collect(Collectors.toSet()));
    long done = 0;
    for (QueueEntry entry : entries) {
      Standing mail = standing.get(entry.mail().value());
      done += mail != null && act(session, mail, entry.n()) ? 1 : 0;
    }
    leftToSweep =
        new LettingGo(session)
            .run(standing.values().stream().filter(Standing::isFinished).toList());
    return done;
  }

  @Override
  public void committed(Long result) {
    if (leftToSweep) {
      sweep.run();
    }
  }

  private boolean act(Session session, Standing mail, int n) throws SQLException {
    Standing.Entry entry = mail.entries().get(n);
    if (entry == null
        || entry.lease() != 0
        || entry.state().filter(state -> concerns(action, state)).isEmpty()) {
      return false;
    }
    State state =
        switch (action) {
          case RETRY, RELEASE -> State.WAITING;
          case HOLD -> State.HELD;
          case CANCEL -> State.CANCELLED;
        };
    Optional<Instant> next = next(entry);
    mail.put(n, state, next.isEmpty());
    QueueRows.reschedule(session, mail.mail(), n, state.toString(), next, 0);
    return true;
  }

  /** Whether an action is for entries in this state. */
  static boolean concerns(Action action, State state) {
    return switch (action) {
      case RETRY, HOLD -> state == State.WAITING;
      case RELEASE -> state == State.HELD;
      case CANCEL -> state == State.WAITING || state == State.HELD;
    };
  }

  private Optional<Instant> next(Standing.Entry entry) {
    return switch (action) {
      case RETRY -> Optional.of(Instant.ofEpochMilli(Math.min(now.toEpochMilli(), entry.next())));
      case RELEASE -> Optional.of(now);
      case HOLD -> Optional.of(now.plus(HELD_FOR));
      case CANCEL -> Optional.empty();
    };
  }
}
