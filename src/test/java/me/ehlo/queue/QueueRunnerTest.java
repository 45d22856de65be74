package me.ehlo.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static me.ehlo.store.Post.mailbox;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import me.ehlo.dsn.DsnComposer;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Cause;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.Envelope;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Outcome;
import me.ehlo.mail.Reason;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;
import me.ehlo.queue.Courier.Return;
import me.ehlo.spool.Arrival;
import me.ehlo.spool.MailIds;
import me.ehlo.store.RamStore;
import me.ehlo.trace.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The runner over a store in memory, with a courier and a clock that do as they are told. */
class QueueRunnerTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Mailbox ANN = mailbox("ann", "ehlo.test");
  private static final Mailbox ROOT = mailbox("root", "ehlo.test");
  private static final Mailbox ZED = mailbox("zed", "far.test");
  private static final Mailbox YAN = mailbox("yan", "far.test");
  private static final Cause REFUSED =
      Cause.of(new Reason("refused", 550, "5.1.1", "It refuses {}"), "zed");
  private static final Cause BUSY = Cause.of(new Reason("busy", 450, "4.2.0", "It is busy"));
  private static final byte[] CONTENT = "Subject: hello\r\n\r\nHello\r\n".getBytes(UTF_8);

  private volatile Instant now = NOON;
  private final RamStore store = new RamStore(() -> now);
  private final MailIds ids = new MailIds(() -> NOON, new Random(1));
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final Taken courier = new Taken();
  private AccountId ann = new AccountId(0);
  private AccountId root = new AccountId(0);
  private QueueRunner runner = runner(Runs.AT_ONCE, Optional.empty());

  /** A courier that keeps what it is given until the test says what became of it. */
  private static final class Taken implements Courier {
    private final List<QueueEntry> entries = new CopyOnWriteArrayList<>();
    private final List<QueueEntry> open = new CopyOnWriteArrayList<>();

    @Override
    public void start(List<QueueEntry> given, Returns returns) {
      open.addAll(given);
      entries.addAll(given);
    }

    List<QueueEntry> await(int count) {
      org.awaitility.Awaitility.await().until(() -> entries.size() >= count);
      assertThat(entries).hasSize(count);
      List<QueueEntry> taken = List.copyOf(entries);
      entries.clear();
      return taken;
    }
  }

  @BeforeEach
  void users() throws StorageFailure {
    ann = store.directory().addAccount(ANN, Optional.empty(), 0).orElseThrow().id();
    root = store.directory().addAccount(ROOT, Optional.empty(), 0).orElseThrow().id();
    runner.start();
  }

  @AfterEach
  void close() {
    giveBack();
    runner.close();
  }

  @Test
  void aNewMailIsGivenToTheCourierAtOnceAndGoesWhenItIsRelayed() throws StorageFailure {
    Arrival mail = arrive(ANN, Recipient.elsewhere(ZED));

    QueueEntry entry = courier.await(1).getFirst();
    assertThat(entry.recipient()).isEqualTo(ZED);
    end(entry, new Outcome.Relayed(Cause.of(new Reason("ok", 250, "2.0.0", "Ok")), true));

    await().until(() -> store.mail(mail.id()).isEmpty());
    assertThat(store.queue().list(Selection.ALL, 10)).isEmpty();
    await().until(() -> attempted("relayed").size() == 1);
  }

  @Test
  void whatIsDelayedComesAgainWhenItIsTime() throws StorageFailure {
    arrive(ANN, Recipient.elsewhere(ZED));
    end(courier.await(1).getFirst(), new Outcome.Delayed(BUSY, false));
    await().until(() -> attempted("waiting").size() == 1);

    pass(Duration.ofMinutes(3));
    runner.wake();
    pass(Duration.ofMinutes(4));

    QueueEntry again = courier.await(1).getFirst();
    assertThat(again.attempts()).isEqualTo(1);
    assertThat(again.cause()).map(QueueEntry.Kept::reason).contains("busy");
  }

  @Test
  void aFailureIsToldToTheSenderInOneCommit() throws StorageFailure {
    arrive(ANN, Recipient.elsewhere(ZED));

    end(courier.await(1).getFirst(), new Outcome.Failed(REFUSED));

    await().until(() -> store.maildrop(ann).size() == 1);
    String report = text(ann);
    assertThat(report).startsWith("Return-Path: <>\r\n").contains("It refuses zed");
    assertThat(report).contains("Final-Recipient: rfc822; zed@far.test").contains("Action: failed");
    assertThat(report).contains("Subject: hello");
    await().until(() -> events.stream().anyMatch(Event.Reported.class::isInstance));
  }

  @Test
  void recipientsThatFailTogetherAreToldTogether() throws StorageFailure {
    arrive(ANN, Recipient.elsewhere(ZED), Recipient.elsewhere(YAN));

    List<QueueEntry> both = courier.await(2);
    courier.open.removeAll(both);
    runner.came(both.stream().map(one -> new Return(one, new Outcome.Failed(REFUSED))).toList());

    await().until(() -> store.maildrop(ann).size() == 1);
    assertThat(text(ann)).contains("zed@far.test").contains("yan@far.test");
  }

  @Test
  void nobodyIsToldOfTheFailureOfAReport() throws StorageFailure {
    Arrival mail = arrive(new ReversePath.Null(), Recipient.elsewhere(ZED));

    end(courier.await(1).getFirst(), new Outcome.Failed(REFUSED));

    await().until(() -> store.mail(mail.id()).isEmpty());
    assertThat(store.maildrop(ann)).isEmpty();
    assertThat(events).noneMatch(Event.Reported.class::isInstance);
  }

  @Test
  void whoeverIsNamedForItReadsOfTheFailureOfAReport() throws StorageFailure {
    restart(runner(Runs.AT_ONCE, Optional.of(ROOT)));
    arrive(new ReversePath.Null(), Recipient.elsewhere(ZED));

    end(courier.await(1).getFirst(), new Outcome.Failed(REFUSED));

    await().until(() -> store.maildrop(root).size() == 1);
  }

  @Test
  void theReportToTheLastResortIsNotReportedItself() throws StorageFailure {
    restart(runner(Runs.AT_ONCE, Optional.of(ZED)));
    Arrival mail = arrive(new ReversePath.Null(), Recipient.elsewhere(ZED));

    end(courier.await(1).getFirst(), new Outcome.Failed(REFUSED));

    await().until(() -> store.mail(mail.id()).isEmpty());
    assertThat(events).noneMatch(Event.Reported.class::isInstance);
  }

  @Test
  void aSenderOfOursWhoDoesNotExistIsNotTold() throws StorageFailure {
    Arrival mail = arrive(mailbox("nobody", "ehlo.test"), Recipient.elsewhere(ZED));

    end(courier.await(1).getFirst(), new Outcome.Failed(REFUSED));

    await().until(() -> store.mail(mail.id()).isEmpty());
    assertThat(events).noneMatch(Event.Reported.class::isInstance);
  }

  @Test
  void aReportToASenderElsewhereLeavesAtOnce() throws StorageFailure {
    arrive(YAN, Recipient.elsewhere(ZED));

    end(courier.await(1).getFirst(), new Outcome.Failed(REFUSED));

    QueueEntry report = courier.await(1).getFirst();
    assertThat(report.recipient()).isEqualTo(YAN);
    assertThat(report.from()).isEqualTo(new ReversePath.Null());
  }

  @Test
  void whatCouldNotBeSettledIsSettledWhenTheStoreIsWellAgain() throws StorageFailure {
    Arrival mail = arrive(ANN, Recipient.elsewhere(ZED));
    QueueEntry entry = courier.await(1).getFirst();

    store.fail(StorageFailure.Kind.TROUBLE);
    end(entry, new Outcome.Failed(REFUSED));
    await().during(Duration.ofMillis(200)).until(() -> events.isEmpty());
    store.recover();

    await().until(() -> store.mail(mail.id()).isEmpty());
    assertThat(store.maildrop(ann)).hasSize(1);
  }

  @Test
  void aRecipientThatHasBecomeOursIsDelivered() throws StorageFailure {
    arrive(YAN, Recipient.elsewhere(ZED));

    end(courier.await(1).getFirst(), new Outcome.Delivered(List.of(ann)));

    await().until(() -> store.maildrop(ann).size() == 1);
    assertThat(text(ann)).startsWith("Return-Path: <yan@far.test>\r\n");
  }

  @Test
  void whatAnAliasLeadsToIsTriedAtOnce() throws StorageFailure {
    arrive(ANN, Recipient.elsewhere(ZED));

    end(courier.await(1).getFirst(), new Outcome.Expanded(List.of(ann), List.of(YAN)));

    assertThat(courier.await(1).getFirst().recipient()).isEqualTo(YAN);
    assertThat(store.maildrop(ann)).hasSize(1);
  }

  @Test
  void aReportThatTheAcceptanceOwesIsMade() throws StorageFailure {
    Recipient local =
        Recipient.local(new ForwardPath.To(ROOT), List.of(root))
            .with(Notify.of(Set.of(Notify.Happening.SUCCESS)), Optional.empty());

    arrive(ANN, local);

    await().until(() -> store.maildrop(ann).size() == 1);
    assertThat(text(ann)).contains("Action: delivered").contains("root@ehlo.test");
  }

  @Test
  void mailThatIsSentTogetherWaitsForItsRunOrForAFlush() throws StorageFailure {
    restart(runner(new Runs(Duration.ofMinutes(30)), Optional.empty()));
    now = NOON.plusSeconds(60);
    arrive(ANN, Recipient.elsewhere(ZED));
    now = NOON.plusSeconds(120);
    arrive(ANN, Recipient.elsewhere(YAN));
    await().during(Duration.ofMillis(100)).until(() -> courier.entries.isEmpty());

    now = NOON.plus(Duration.ofMinutes(30));
    runner.wake();

    assertThat(courier.await(2)).extracting(QueueEntry::recipient).containsExactly(ZED, YAN);

    arrive(ANN, Recipient.elsewhere(ZED));
    now = NOON.plus(Duration.ofMinutes(31));
    arrive(ANN, Recipient.elsewhere(ZED));
    courier.await(1); // the one that came on the stroke
    store.queue().apply(Selection.ALL, Queue.Action.RETRY, now);
    runner.wake();
    courier.await(1);
  }

  @Test
  void whoeverIsForgottenIsNoticed() {
    restart(runner(new Forgetful(store.queue()), Runs.AT_ONCE, Optional.empty()));

    await().until(() -> events.stream().anyMatch(Event.Trouble.class::isInstance));
    assertThat(events.toString()).contains("7 recipients are overdue");
  }

  @Test
  void whatIsInHandWhenItStopsIsSettledAndNothingNewIsClaimed() throws StorageFailure {
    Arrival mail = arrive(ANN, Recipient.elsewhere(ZED));
    QueueEntry entry = courier.await(1).getFirst();

    runner.stop();
    arrive(ANN, Recipient.elsewhere(YAN));
    end(entry, new Outcome.Failed(REFUSED));
    runner.close();

    assertThat(store.mail(mail.id())).isEmpty();
    assertThat(store.maildrop(ann)).hasSize(1);
    assertThat(courier.entries).isEmpty();
    assertThat(store.queue().list(Selection.ALL, 10))
        .extracting(QueueEntry::state)
        .containsExactly(State.WAITING);
  }

  private QueueRunner runner(Runs runs, Optional<Mailbox> lastResort) {
    return runner(store.queue(), runs, lastResort);
  }

  private QueueRunner runner(Queue queue, Runs runs, Optional<Mailbox> lastResort) {
    RetrySchedule schedule =
        new RetrySchedule(
            List.of(Duration.ofMinutes(5)),
            Duration.ofDays(5),
            Optional.of(Duration.ofHours(4)),
            new Random(1));
    Reports reports =
        new Reports(
            store.spool(),
            this::recipient,
            new DsnComposer("mx.ehlo.test", ZoneOffset.UTC),
            ids,
            lastResort);
    return new QueueRunner(
        new QueueRunner.Parts(queue, courier, schedule, runs, events::add), reports, () -> now);
  }

  private void giveBack() {
    runner.stop();
    List.copyOf(courier.open).forEach(entry -> end(entry, new Outcome.Postponed(Duration.ZERO)));
  }

  private void restart(QueueRunner other) {
    giveBack();
    runner.close();
    runner = other;
    runner.start();
  }

  private Optional<Recipient> recipient(Mailbox mailbox) {
    if (mailbox.equals(ANN)) {
      return Optional.of(Recipient.local(new ForwardPath.To(ANN), List.of(ann)));
    }
    if (mailbox.equals(ROOT)) {
      return Optional.of(Recipient.local(new ForwardPath.To(ROOT), List.of(root)));
    }
    return mailbox.host().equals(ZED.host())
        ? Optional.of(Recipient.elsewhere(mailbox))
        : Optional.empty();
  }

  private Arrival arrive(Mailbox from, Recipient... recipients) throws StorageFailure {
    return arrive(new ReversePath.Sender(from), recipients);
  }

  private Arrival arrive(ReversePath from, Recipient... recipients) throws StorageFailure {
    Envelope envelope = new Envelope(from, List.of(recipients), DsnOptions.NONE);
    MailId id = ids.next();
    Arrival arrival =
        new Arrival(id, now, envelope, "Received: here\r\n", false, false, runner.firstTry());
    store.keep(arrival, CONTENT);
    runner.kept(arrival);
    return arrival;
  }

  private void end(QueueEntry entry, Outcome outcome) {
    courier.open.remove(entry);
    runner.came(List.of(new Return(entry, outcome)));
  }

  private void pass(Duration time) {
    now = now.plus(time);
    runner.wake();
  }

  private List<Event> attempted(String state) {
    List<Event> found = new ArrayList<>();
    for (Event event : events) {
      if (event instanceof Event.Attempted attempted && attempted.state().equals(state)) {
        found.add(event);
      }
    }
    return found;
  }

  private String text(AccountId account) {
    return new String(store.maildrop(account).values().iterator().next().whole(), UTF_8);
  }
}
