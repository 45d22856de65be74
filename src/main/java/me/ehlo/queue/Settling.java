package me.ehlo.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.ehlo.dsn.DeliveryReport;
import me.ehlo.dsn.DeliveryReport.Action;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Cause;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Outcome;
import me.ehlo.queue.Courier.Return;
import me.ehlo.queue.Settlement.Change;

/**
 * What follows from the outcomes of one mail's attempts: a change for each entry, and what its sender is to be told.
 *
 * <p>This is the table of RFC 3461 §5.2: outcome × what was asked for. It asks nobody and writes nothing.
 */
final class Settling {
  private final RetrySchedule schedule;
  private final Runs runs;
  private final Instant now;
  private final List<Change> changes = new ArrayList<>();
  private final List<DeliveryReport.OfRecipient> told = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();

  /** What became of an entry, for the journal. */
  record Verdict(
      QueueEntry entry, State state, Cause cause, int attempts, Optional<Instant> next) {}

  Settling(RetrySchedule schedule, Runs runs, Instant now) {
    this.schedule = schedule;
    this.runs = runs;
    this.now = now;
  }

  List<Change> changes() {
    return changes;
  }

  /** What the sender is to be told; often nothing. */
  List<DeliveryReport.OfRecipient> told() {
    return told;
  }

  List<Verdict> verdicts() {
    return verdicts;
  }

  void settle(Return returned) {
    QueueEntry entry = returned.entry();
    switch (returned.outcome()) {
      case Outcome.Delivered(var accounts) ->
          arrived(entry, State.DELIVERED, Action.DELIVERED, accounts, List.of());
      case Outcome.Expanded(var accounts, var elsewhere) ->
          arrived(entry, State.EXPANDED, Action.EXPANDED, accounts, elsewhere);
      case Outcome.Relayed(var cause, var passedOn) -> relayed(entry, cause, passedOn);
      case Outcome.Failed(var cause) -> failed(entry, cause, entry.attempts() + 1);
      case Outcome.Delayed(var cause, _) -> delayed(entry, cause);
      case Outcome.Postponed(var pause) ->
          changes.add(
              new Change.Again(
                  entry, now.plus(pause), entry.attempts(), entry.warned(), entry.cause()));
    }
  }

  /** A report that the acceptance of a mail has left to be made. */
  void pay(QueueEntry owed) {
    changes.add(new Change.Done(owed, owed.state(), owed.cause(), List.of(), List.of()));
    Action action = owed.state() == State.EXPANDED ? Action.EXPANDED : Action.DELIVERED;
    told.add(tell(owed, action, Optional.empty(), Optional.empty()));
  }

  private void arrived(
      QueueEntry entry,
      State state,
      Action action,
      List<AccountId> accounts,
      List<Mailbox> elsewhere) {
    changes.add(new Change.Done(entry, state, Optional.empty(), accounts, elsewhere));
    verdicts.add(
        new Verdict(
            entry, state, Cause.of(QueueReason.OURS), entry.attempts() + 1, Optional.empty()));
    if (entry.notices().wants(Notify.Happening.SUCCESS)) {
      told.add(tell(entry, action, Optional.empty(), Optional.empty()));
    }
  }

  private void relayed(QueueEntry entry, Cause cause, boolean passedOn) {
    done(entry, State.RELAYED, cause, entry.attempts() + 1);
    if (!passedOn && entry.notices().wants(Notify.Happening.SUCCESS)) {
      told.add(tell(entry, Action.RELAYED, Optional.of(cause), Optional.empty()));
    }
  }

  private void failed(QueueEntry entry, Cause cause, int attempts) {
    done(entry, State.FAILED, cause, attempts);
    if (entry.notices().wants(Notify.Happening.FAILURE)) {
      told.add(tell(entry, Action.FAILED, Optional.of(cause), Optional.empty()));
    }
  }

  private void delayed(QueueEntry entry, Cause cause) {
    int attempts = entry.attempts() + 1;
    if (schedule.expired(entry.since(), now)) {
      failed(entry, expired(entry, cause), attempts);
      return;
    }
    Instant next = runs.from(schedule.next(attempts, entry.since(), now));
    boolean late = !entry.warned() && schedule.late(entry.since(), now);
    changes.add(
        new Change.Again(
            entry, next, attempts, entry.warned() || late, Optional.of(QueueEntry.Kept.of(cause))));
    verdicts.add(new Verdict(entry, State.WAITING, cause, attempts, Optional.of(next)));
    if (late && entry.notices().wants(Notify.Happening.DELAY)) {
      Instant until = schedule.giveUpAt(entry.since());
      told.add(tell(entry, Action.DELAYED, Optional.of(cause), Optional.of(until)));
    }
  }

  private Cause expired(QueueEntry entry, Cause last) {
    String lasted = Spans.inWords(entry.since(), now);
    return new Cause(
        QueueReason.EXPIRED,
        QueueReason.EXPIRED.say(lasted, last.said()),
        last.host(),
        last.reply());
  }

  private void done(QueueEntry entry, State state, Cause cause, int attempts) {
    changes.add(
        new Change.Done(
            entry, state, Optional.of(QueueEntry.Kept.of(cause)), List.of(), List.of()));
    verdicts.add(new Verdict(entry, state, cause, attempts, Optional.empty()));
  }

  private DeliveryReport.OfRecipient tell(
      QueueEntry entry, Action action, Optional<Cause> cause, Optional<Instant> until) {
    boolean tried = cause.isPresent();
    return new DeliveryReport.OfRecipient(
        entry.recipient(),
        entry.orcpt(),
        action,
        cause,
        tried ? Optional.of(now) : Optional.empty(),
        until);
  }
}
