package me.ehlo.queue;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static me.ehlo.store.Post.NOON;
import static me.ehlo.store.Post.mailbox;
import static me.ehlo.store.Post.nextId;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Envelope;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;
import me.ehlo.queue.Queue.Action;
import me.ehlo.spool.Arrival;
import me.ehlo.spool.FirstTry;
import me.ehlo.store.Custody;
import me.ehlo.store.Post;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people may see of every queue, and do to it. */
public abstract class QueueActionsContract {
  private static final Instant NOW = NOON.plusSeconds(60);
  private static final Instant FAR = NOON.plus(Duration.ofHours(4));
  private static final QueueEntry.Kept BUSY = new QueueEntry.Kept("busy", 451, "4.3.0", "", "");

  private Custody custody;
  private Queue queue;

  /** A new and empty store. */
  protected abstract Custody openCustody(InstantSource clock) throws Exception;

  @BeforeEach
  void open() throws Exception {
    custody = openCustody(() -> NOW);
    queue = custody.queue();
  }

  @AfterEach
  void close() throws StorageFailure {
    custody.close();
  }

  private MailId keep(ReversePath from, Instant at, Instant next, Mailbox... recipients)
      throws StorageFailure {
    Envelope envelope =
        new Envelope(from, List.of(recipients).stream().map(Recipient::elsewhere).toList());
    Arrival arrival =
        new Arrival(nextId(), at, envelope, "", false, false, new FirstTry(false, next));
    Post.keep(custody, "hi\r\n".getBytes(US_ASCII), arrival);
    return arrival.id();
  }

  private MailId waiting(Mailbox... recipients) throws StorageFailure {
    return keep(new ReversePath.Null(), NOON, FAR, recipients);
  }

  private static Mailbox a() {
    return mailbox("a", "x.test");
  }

  private List<QueueEntry> list() throws StorageFailure {
    return queue.list(Selection.ALL, 10_000);
  }

  private List<State> states() throws StorageFailure {
    return list().stream().map(QueueEntry::state).toList();
  }

  private long apply(Action action) throws StorageFailure {
    return queue.apply(Selection.ALL, action, NOW);
  }

  @Test
  void listedIsTheOldestMailFirstAndNoMoreThanAskedFor() throws StorageFailure {
    MailId first = waiting(a(), mailbox("b", "x.test"));
    MailId second = keep(new ReversePath.Null(), NOON, NOON, a());

    assertThat(list()).extracting(QueueEntry::mail).containsExactly(first, first, second);
    assertThat(queue.list(Selection.ALL, 2)).isEqualTo(list().subList(0, 2));
  }

  @Test
  void moreThanAPage() throws StorageFailure {
    for (int i = 0; i < 250; i++) {
      waiting(a(), mailbox("b", "x.test"), mailbox("c", "y.test"), mailbox("d", "x.test"), a());
    }
    assertThat(list()).hasSize(1_250);
    assertThat(queue.list(domain("y.test"), 10_000)).hasSize(250);
    assertThat(queue.apply(domain("y.test"), Action.RETRY, NOW)).isEqualTo(250);
    assertThat(queue.claim(NOW, FAR, 10_000)).hasSize(250);
    assertThat(apply(Action.CANCEL)).as("but for those in hand").isEqualTo(1_000);
    assertThat(list()).hasSize(250);
  }

  @Test
  void retryMakesWhatWaitsDue() throws StorageFailure {
    waiting(a());

    assertThat(queue.claim(NOW, FAR, 10)).isEmpty();
    assertThat(apply(Action.RETRY)).isEqualTo(1);
    assertThat(queue.next()).contains(NOW);
    assertThat(queue.claim(NOW, FAR, 10)).hasSize(1);
  }

  @Test
  void retryDelaysNobody() throws StorageFailure {
    keep(new ReversePath.Null(), NOON, NOON, a());
    apply(Action.RETRY);

    assertThat(queue.next()).contains(NOON);
  }

  @Test
  void whatIsHeldIsNotTriedUntilItIsReleased() throws StorageFailure {
    waiting(a());

    assertThat(apply(Action.HOLD)).isEqualTo(1);
    assertThat(apply(Action.HOLD)).as("it is held").isZero();
    assertThat(apply(Action.RETRY)).isZero();
    assertThat(states()).containsExactly(State.HELD);
    assertThat(queue.claim(FAR, FAR.plusSeconds(1), 10)).isEmpty();
    assertThat(apply(Action.RELEASE)).isEqualTo(1);
    assertThat(states()).containsExactly(State.WAITING);
    assertThat(queue.claim(NOW, FAR, 10)).hasSize(1);
  }

  @Test
  void whatIsHeldAYearIsDue() throws StorageFailure {
    waiting(a());
    apply(Action.HOLD);

    Instant aYearLater = NOW.plus(Duration.ofDays(365));

    assertThat(queue.next()).contains(aYearLater);
    assertThat(queue.claim(aYearLater, aYearLater.plusSeconds(60), 10)).hasSize(1);
  }

  @Test
  void whatIsCancelledIsGone() throws StorageFailure {
    MailId one = waiting(a());
    waiting(a());
    apply(Action.HOLD);
    waiting(a());

    assertThat(queue.apply(mail(one), Action.CANCEL, NOW)).isEqualTo(1);
    assertThat(custody.spool().open(one)).isEmpty();
    assertThat(apply(Action.CANCEL)).isEqualTo(2);
    assertThat(list()).isEmpty();
    assertThat(queue.next()).isEmpty();
  }

  @Test
  void aMailWithACancelledRecipientStaysForTheOthers() throws StorageFailure {
    MailId id = waiting(a(), mailbox("b", "y.test"));
    queue.apply(domain("y.test"), Action.CANCEL, NOW);

    assertThat(list()).extracting(QueueEntry::recipient).containsExactly(a());
    assertThat(queue.tally()).containsEntry(State.CANCELLED, 1L).containsEntry(State.WAITING, 1L);
    custody.spool().open(id).orElseThrow().close();
  }

  @Test
  void whatIsInHandIsLeftAlone() throws StorageFailure {
    keep(new ReversePath.Null(), NOON, NOON, a());
    List<QueueEntry> claimed = queue.claim(NOW, FAR, 10);

    for (Action action : Action.values()) {
      assertThat(apply(action)).isZero();
    }
    assertThat(list()).isEqualTo(claimed);
  }

  @Test
  void eachConditionSelects() throws StorageFailure {
    ReversePath ann = new ReversePath.Sender(mailbox("Ann", "client.example"));
    MailId early = keep(ann, NOON.minusSeconds(1), FAR, a());
    MailId late = keep(new ReversePath.Null(), NOON, FAR, mailbox("B", "y.test"));
    QueueEntry tried = keepTried();
    MailId third = tried.mail();

    assertSelects(mail(late), late);
    assertSelects(recipient(mailbox("b", "y.test")), late);
    assertSelects(sender("ann@CLIENT.example"), early);
    assertSelects(sender(""), late, third);
    assertSelects(domain("x.test"), early);
    assertSelects(Selection.of(Domain.ofAscii("y.test"), true), late);
    assertSelects(Selection.of(Domain.ofAscii("test"), false));
    assertSelects(Selection.of(Domain.ofAscii("est"), true));
    assertSelects(Selection.of(Domain.ofAscii("test"), true), early, late, third);
    assertSelects(before(NOON), early);
    assertSelects(reason("busy"), third);
    assertSelects(reason("other"));
    assertSelects(states(State.HELD));
    assertSelects(states(State.WAITING, State.HELD), early, late, third);
  }

  private QueueEntry keepTried() throws StorageFailure {
    keep(new ReversePath.Null(), NOON, NOON, mailbox("c", "z.test"));
    QueueEntry entry = queue.claim(NOON, FAR, 1).getFirst();
    Settlement.Change again = new Settlement.Change.Again(entry, FAR, 1, false, Optional.of(BUSY));
    queue.settle(List.of(new Settlement(List.of(again), List.of())));
    return entry;
  }

  private void assertSelects(Selection selection, MailId... expected) throws StorageFailure {
    assertThat(queue.list(selection, 10)).extracting(QueueEntry::mail).containsExactly(expected);
    List<MailId> before = new ArrayList<>();
    list().forEach(entry -> before.add(entry.mail()));
    assertThat(queue.apply(selection, Action.RETRY, NOW)).isEqualTo(expected.length);
    assertThat(list()).extracting(QueueEntry::mail).isEqualTo(before);
  }

  @Test
  void strayIsWhatSomebodyShouldHaveClaimedLongAgo() throws StorageFailure {
    waiting(a());
    Instant anHourLater = FAR.plus(Duration.ofHours(1));

    assertThat(queue.strays(anHourLater)).isZero();
    assertThat(queue.strays(anHourLater.plusMillis(1))).isEqualTo(1);
    queue.claim(FAR, FAR.plusSeconds(60), 10);
    assertThat(queue.strays(anHourLater.plusMillis(1))).isZero();
    assertThat(queue.strays(anHourLater.plusSeconds(61))).as("its holder is gone").isEqualTo(1);
  }

  private static Selection mail(MailId id) {
    return selection(Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Selection recipient(Mailbox mailbox) {
    return selection(Optional.empty(), Optional.of(mailbox), Optional.empty(), Optional.empty());
  }

  private static Selection sender(String address) {
    return selection(Optional.empty(), Optional.empty(), Optional.of(address), Optional.empty());
  }

  private static Selection domain(String name) {
    return selection(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Domain.ofAscii(name)));
  }

  private static Selection selection(
      Optional<MailId> mail,
      Optional<Mailbox> recipient,
      Optional<String> sender,
      Optional<Domain> domain) {
    return new Selection(
        mail, recipient, sender, domain, Optional.empty(), Optional.empty(), Set.of());
  }

  private static Selection before(Instant time) {
    return rest(Optional.of(time), Optional.empty());
  }

  private static Selection reason(String id) {
    return rest(Optional.empty(), Optional.of(id));
  }

  private static Selection states(State... states) {
    return rest(Optional.empty(), Optional.empty(), states);
  }

  private static Selection rest(
      Optional<Instant> before, Optional<String> reason, State... states) {
    return new Selection(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        before,
        reason,
        Set.of(states));
  }
}
