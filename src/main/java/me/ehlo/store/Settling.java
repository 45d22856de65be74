package me.ehlo.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import me.ehlo.mail.Mailbox;
import me.ehlo.queue.Births;
import me.ehlo.queue.QueueEntry;
import me.ehlo.queue.Settlement;
import me.ehlo.queue.Settlement.Change;
import me.ehlo.queue.State;
import me.ehlo.spool.Composed;

/**
 * Writes what became of entries, with the reports that tell of it, and lets go of the mails that are done.
 *
 * <p>Most mails are done with their first settlement. Their entries are never written again, only deleted, all in one
 * statement; so what changes is first noted in {@link Standing} and written at the end for those that stay.
 */
final class Settling implements Work<Integer> {
  private final List<Settlement> settlements;
  private final Map<Composed, Keeping> reports = new HashMap<>();
  private final Usages usages;
  private final Fresh fresh;
  private final InstantSource clock;
  private final Runnable sweep;
  private List<Composed> kept = List.of();
  private List<LateDelivery.Put> puts = List.of();
  private boolean leftToSweep;

  Settling(
      List<Settlement> settlements,
      Usages usages,
      Fresh fresh,
      InstantSource clock,
      Runnable sweep) {
    this.settlements = settlements;
    this.usages = usages;
    this.fresh = fresh;
    this.clock = clock;
    this.sweep = sweep;
    for (Settlement settlement : settlements) {
      for (Composed report : settlement.reports()) {
        reports.put(report, new Keeping(report.arrival(), report.content(), usages));
      }
    }
  }

  @Override
  public Integer run(Session session) throws SQLException {
    session.flush(); // entries that were born earlier in this batch may be among them
    Map<Long, Standing> standing = Standing.lock(session, mails());
    return new Run(session, standing).settle();
  }

  private Set<Long> mails() {
    return settlements.stream()
        .flatMap(settlement -> settlement.changes().stream())
        .map(change -> change.entry().mail().value())
        .collect(Collectors.toSet());
  }

  @Override
  public void committed(Integer result) {
    for (Composed report : kept) {
      keeping(report).committed(0);
      fresh.put(report.arrival(), report.content());
    }
    puts.forEach(put -> usages.changed(put.account(), 1, put.octets()));
    if (leftToSweep) {
      sweep.run();
    }
  }

  private Keeping keeping(Composed report) {
    return Objects.requireNonNull(reports.get(report));
  }

  @Override
  public int octets() {
    return reports.values().stream().mapToInt(Keeping::octets).sum();
  }

  /** One run of the work, which may have to be repeated. */
  private final class Run {
    private final Session session;
    private final Map<Long, Standing> standing;
    private final LateDelivery late;
    private final List<QueueEntry> changed = new ArrayList<>();

    Run(Session session, Map<Long, Standing> standing) {
      this.session = session;
      this.standing = standing;
      this.late = new LateDelivery(session);
    }

    int settle() throws SQLException {
      kept = new ArrayList<>();
      int counted = 0;
      for (Settlement settlement : settlements) {
        counted += settle(settlement);
      }
      List<Standing> finished = standing.values().stream().filter(Standing::isFinished).toList();
      for (QueueEntry entry : changed) {
        if (!isFinished(entry)) {
          QueueRows.update(session, entry);
        }
      }
      leftToSweep = new LettingGo(session).run(finished);
      puts = late.puts();
      return counted;
    }

    private boolean isFinished(QueueEntry entry) {
      Standing mail = standing.get(entry.mail().value());
      return mail != null && mail.isFinished();
    }

    private int settle(Settlement settlement) throws SQLException {
      int counted = 0;
      for (Change change : settlement.changes()) {
        Standing mail = standing.get(change.entry().mail().value());
        if (mail != null && mail.isHeld(change.entry().n(), change.entry().lease())) {
          counted += settle(mail, change) ? 1 : 0;
        }
      }
      if (counted > 0 || settlement.changes().isEmpty()) {
        keep(settlement.reports());
      }
      return counted;
    }

    private void keep(List<Composed> composed) throws SQLException {
      for (Composed report : composed) {
        keeping(report).run(session);
        kept.add(report);
      }
    }

    private boolean settle(Standing mail, Change change) throws SQLException {
      return switch (change) {
        case Change.Again again -> again(mail, again);
        case Change.Done done -> done(mail, done);
      };
    }

    private boolean again(Standing mail, Change.Again again) {
      QueueEntry entry = again.entry();
      State state = entry.state().isFinal() ? entry.state() : State.WAITING;
      Optional<QueueEntry.Kept> cause = again.cause().or(entry::cause);
      mail.put(entry.n(), state, false);
      changed.add(
          changed(
              entry, state, again.attempts(), Optional.of(again.next()), again.warned(), cause));
      return true;
    }

    private boolean done(Standing mail, Change.Done done) throws SQLException {
      QueueEntry entry = done.entry();
      if (!done.accounts().isEmpty() && !late.canHave(done.accounts())) {
        return !again(mail, meanwhileGone(entry));
      }
      int first = mail.nextNumber();
      if (!done.accounts().isEmpty() || !done.elsewhere().isEmpty()) {
        late.put(done, mail, first);
      }
      for (Mailbox mailbox : done.elsewhere()) {
        bear(mail, entry, mailbox);
      }
      mail.put(entry.n(), done.state(), true);
      changed.add(
          changed(
              entry,
              done.state(),
              entry.attempts(),
              Optional.empty(),
              entry.warned(),
              done.cause()));
      return true;
    }

    /** Where it leads is to be looked up anew. */
    private Change.Again meanwhileGone(QueueEntry entry) {
      return new Change.Again(
          entry, clock.instant(), entry.attempts(), entry.warned(), entry.cause());
    }

    private void bear(Standing mail, QueueEntry alias, Mailbox target) throws SQLException {
      int n = mail.nextNumber();
      mail.put(n, State.WAITING, false);
      QueueRows.insert(
          session,
          new QueueEntry(
              alias.mail(),
              n,
              0,
              alias.from(),
              alias.dsn(),
              target,
              Births.inherited(alias.notices()),
              alias.orcpt(),
              State.WAITING,
              0,
              alias.since(),
              Optional.of(clock.instant()),
              false,
              Optional.empty()));
    }

    private static QueueEntry changed(
        QueueEntry entry,
        State state,
        int attempts,
        Optional<Instant> next,
        boolean warned,
        Optional<QueueEntry.Kept> cause) {
      return new QueueEntry(
          entry.mail(),
          entry.n(),
          0,
          entry.from(),
          entry.dsn(),
          entry.recipient(),
          entry.notices(),
          entry.orcpt(),
          state,
          attempts,
          entry.since(),
          next,
          warned,
          cause);
    }
  }
}
