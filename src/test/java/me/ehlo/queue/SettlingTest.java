package me.ehlo.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import me.ehlo.dsn.DeliveryReport.Action;
import me.ehlo.dsn.DeliveryReport.OfRecipient;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Cause;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.EnhancedStatus;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Outcome;
import me.ehlo.mail.Reason;
import me.ehlo.mail.RemoteReply;
import me.ehlo.mail.ReversePath;
import me.ehlo.queue.Courier.Return;
import me.ehlo.queue.Settlement.Change;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outcome × what the sender asked for × age: what becomes of the entry, and what is told (RFC 3461 §5.2). */
class SettlingTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final RetrySchedule SCHEDULE =
      new RetrySchedule(
          List.of(Duration.ofMinutes(5)),
          Duration.ofDays(5),
          Optional.of(Duration.ofHours(4)),
          new Random(1));
  private static final Mailbox ZED = new Mailbox(new LocalPart("zed"), Domain.ofAscii("far.test"));
  private static final Cause CAUSE =
      new Cause(
          new Reason("peer-said", 451, "4.2.0", "{} said no"),
          "mx said no",
          "mx.far.test [192.0.2.7]",
          Optional.of(new RemoteReply(451, Optional.of(EnhancedStatus.of("4.7.1")), "greylisted")));

  @ParameterizedTest
  @CsvSource({
    // outcome, NOTIFY, age, state, told
    "relayed, '', PT0S, relayed, ''",
    "relayed, NEVER, PT0S, relayed, ''",
    "relayed, 'SUCCESS', PT0S, relayed, RELAYED",
    "relayed, 'FAILURE,DELAY', PT0S, relayed, ''",
    "passed-on, 'SUCCESS', PT0S, relayed, ''",
    "delivered, '', PT0S, delivered, ''",
    "delivered, 'SUCCESS,FAILURE', PT0S, delivered, DELIVERED",
    "expanded, '', PT0S, expanded, ''",
    "expanded, 'SUCCESS', PT0S, expanded, EXPANDED",
    "failed, '', PT0S, failed, FAILED",
    "failed, NEVER, PT0S, failed, ''",
    "failed, 'SUCCESS', PT0S, failed, ''",
    "failed, 'FAILURE', PT0S, failed, FAILED",
    "delayed, '', PT0S, waiting, ''",
    "delayed, '', PT3H59M, waiting, ''",
    "delayed, '', PT4H, waiting, DELAYED",
    "delayed, 'DELAY', PT4H, waiting, DELAYED",
    "delayed, 'FAILURE', PT4H, waiting, ''",
    "delayed, NEVER, PT4H, waiting, ''",
    "delayed, '', PT119H59M, waiting, DELAYED",
    "delayed, '', P5D, failed, FAILED",
    "delayed, 'SUCCESS,DELAY', P5D, failed, ''",
    "delayed, NEVER, P9D, failed, ''",
    "in-doubt, '', PT0S, waiting, ''",
    "postponed, 'SUCCESS,FAILURE,DELAY', P9D, waiting, ''",
  })
  void theTable(String outcome, String notices, Duration age, String state, String told) {
    Settling settling = new Settling(SCHEDULE, Runs.AT_ONCE, NOON);

    settling.settle(new Return(entry(notices, age, false), outcome(outcome)));

    assertThat(state(settling.changes())).isEqualTo(state);
    assertThat(settling.told().stream().map(OfRecipient::action).map(Action::name))
        .isEqualTo(told.isEmpty() ? List.of() : List.of(told));
  }

  @Test
  void aDelayIsToldOnce() {
    Settling settling = new Settling(SCHEDULE, Runs.AT_ONCE, NOON);

    settling.settle(new Return(entry("", Duration.ofHours(9), true), outcome("delayed")));

    assertThat(settling.told()).isEmpty();
    assertThat(again(settling).warned()).isTrue();
  }

  @Test
  void whoeverDoesNotWantToHearOfDelaysIsNotAskedAgain() {
    Settling settling = new Settling(SCHEDULE, Runs.AT_ONCE, NOON);

    settling.settle(new Return(entry("NEVER", Duration.ofHours(9), false), outcome("delayed")));

    assertThat(again(settling).warned()).isTrue();
  }

  @Test
  void aDelayCountsAsAnAttemptAndRemembersWhy() {
    Settling settling = new Settling(SCHEDULE, Runs.AT_ONCE, NOON);

    settling.settle(new Return(entry("", Duration.ZERO, false), outcome("delayed")));

    Change.Again again = again(settling);
    assertThat(again.attempts()).isEqualTo(4);
    assertThat(again.next()).isBetween(NOON.plusSeconds(240), NOON.plusSeconds(360));
    assertThat(again.cause())
        .contains(
            new QueueEntry.Kept(
                "peer-said", 451, "4.7.1", "greylisted", "mx.far.test [192.0.2.7]"));
  }

  @Test
  void whatWasNotTriedCountsAsNoAttempt() {
    Settling settling = new Settling(SCHEDULE, Runs.AT_ONCE, NOON);

    settling.settle(new Return(entry("", Duration.ZERO, false), outcome("postponed")));

    assertThat(again(settling).attempts()).isEqualTo(3);
    assertThat(again(settling).next()).isEqualTo(NOON.plusSeconds(30));
    assertThat(settling.verdicts()).isEmpty();
  }

  @Test
  void mailThatIsSentTogetherIsTriedAgainAtARun() {
    Settling settling = new Settling(SCHEDULE, new Runs(Duration.ofMinutes(30)), NOON);

    settling.settle(new Return(entry("", Duration.ZERO, false), outcome("delayed")));

    assertThat(again(settling).next()).isEqualTo(NOON.plus(Duration.ofMinutes(30)));
  }

  @Test
  void givingUpTellsTheLastAttemptsWords() {
    Settling settling = new Settling(SCHEDULE, Runs.AT_ONCE, NOON);

    settling.settle(new Return(entry("", Duration.ofDays(5), true), outcome("delayed")));

    Cause cause = settling.told().getFirst().cause().orElseThrow();
    assertThat(cause.reason()).isEqualTo(QueueReason.EXPIRED);
    assertThat(cause.said()).contains("5 days").contains("mx said no");
    assertThat(cause.reply()).isEqualTo(CAUSE.reply());
    assertThat(cause.host()).isEqualTo(CAUSE.host());
  }

  @Test
  void aDelayedReportSaysUntilWhen() {
    Settling settling = new Settling(SCHEDULE, Runs.AT_ONCE, NOON);

    settling.settle(new Return(entry("", Duration.ofHours(4), false), outcome("delayed")));

    assertThat(settling.told().getFirst().retryUntil())
        .contains(NOON.minus(Duration.ofHours(4)).plus(Duration.ofDays(5)));
    assertThat(settling.told().getFirst().lastAttempt()).contains(NOON);
  }

  private static Outcome outcome(String name) {
    return switch (name) {
      case "relayed" -> new Outcome.Relayed(CAUSE, false);
      case "passed-on" -> new Outcome.Relayed(CAUSE, true);
      case "delivered" -> new Outcome.Delivered(List.of(new AccountId(1)));
      case "expanded" -> new Outcome.Expanded(List.of(new AccountId(1)), List.of(ZED));
      case "failed" -> new Outcome.Failed(CAUSE);
      case "delayed" -> new Outcome.Delayed(CAUSE, false);
      case "in-doubt" -> new Outcome.Delayed(CAUSE, true);
      default -> new Outcome.Postponed(Duration.ofSeconds(30));
    };
  }

  private static QueueEntry entry(String notices, Duration age, boolean warned) {
    return new QueueEntry(
        new MailId(1),
        0,
        7,
        new ReversePath.Sender(ZED),
        DsnOptions.NONE,
        ZED,
        Notify.parse(notices),
        Optional.empty(),
        State.DELIVERING,
        3,
        NOON.minus(age),
        Optional.of(NOON),
        warned,
        Optional.empty());
  }

  private static String state(List<Change> changes) {
    assertThat(changes).hasSize(1);
    return switch (changes.getFirst()) {
      case Change.Done done -> done.state().toString();
      case Change.Again _ -> "waiting";
    };
  }

  private static Change.Again again(Settling settling) {
    return (Change.Again) settling.changes().getFirst();
  }
}
