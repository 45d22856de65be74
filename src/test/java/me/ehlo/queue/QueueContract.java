package me.ehlo.queue;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static me.ehlo.store.Post.NOON;
import static me.ehlo.store.Post.account;
import static me.ehlo.store.Post.mailbox;
import static me.ehlo.store.Post.mails;
import static me.ehlo.store.Post.nextId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.Envelope;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Orcpt;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrop;
import me.ehlo.queue.Settlement.Change;
import me.ehlo.spool.Arrival;
import me.ehlo.spool.Composed;
import me.ehlo.spool.FirstTry;
import me.ehlo.spool.SpooledMail;
import me.ehlo.store.Custody;
import me.ehlo.store.Post;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every queue does, wherever it keeps its entries. */
public abstract class QueueContract {
  private static final byte[] CONTENT = "Subject: hi\r\n\r\nhi\r\n".getBytes(US_ASCII);
  private static final Instant LATER = NOON.plus(Duration.ofMinutes(10));
  private static final Duration LEASE = Duration.ofHours(1);
  private static final QueueEntry.Kept BUSY =
      new QueueEntry.Kept("remote-busy", 451, "4.3.0", "Try again", "mx.x.test [192.0.2.7]");
  private static final Notify SUCCESS =
      Notify.of(Set.of(Notify.Happening.SUCCESS, Notify.Happening.DELAY));
  private static final Optional<Orcpt> ORCPT = Optional.of(new Orcpt("rfc822", "a+b=c@x.test"));

  protected Custody custody;
  private Queue queue;

  /** A new and empty store. */
  protected abstract Custody openCustody(InstantSource clock) throws Exception;

  @BeforeEach
  void open() throws Exception {
    custody = openCustody(() -> LATER);
    queue = custody.queue();
  }

  @AfterEach
  void close() throws StorageFailure {
    assertThat(queue.strays(NOON)).isZero();
    custody.close();
  }

  private static Recipient to(String localPart) {
    return Recipient.elsewhere(mailbox(localPart, "x.test"));
  }

  private static Arrival arrival(FirstTry firstTry, Recipient... recipients) {
    Envelope envelope =
        new Envelope(new ReversePath.Sender(mailbox("ann", "client.example")), List.of(recipients));
    return new Arrival(nextId(), NOON, envelope, Post.RECEIVED, false, false, firstTry);
  }

  private MailId keep(FirstTry firstTry, Recipient... recipients) throws StorageFailure {
    Arrival arrival = arrival(firstTry, recipients);
    Post.keep(custody, CONTENT, arrival);
    return arrival.id();
  }

  private MailId waiting(Recipient... recipients) throws StorageFailure {
    return keep(new FirstTry(false, NOON), recipients);
  }

  private static FirstTry inHand() {
    return new FirstTry(true, NOON.plus(LEASE));
  }

  private List<QueueEntry> claim(Instant now, int most) throws StorageFailure {
    return queue.claim(now, now.plus(LEASE), most);
  }

  private QueueEntry claimOne() throws StorageFailure {
    List<QueueEntry> claimed = claim(LATER, 10);
    assertThat(claimed).hasSize(1);
    return claimed.getFirst();
  }

  private List<QueueEntry> all() throws StorageFailure {
    return queue.list(EVERYTHING, 10_000);
  }

  private static final Selection EVERYTHING = in(State.values());

  private static Selection in(State... states) {
    Selection all = Selection.ALL;
    return new Selection(
        all.mail(),
        all.recipient(),
        all.sender(),
        all.domain(),
        all.before(),
        all.reason(),
        Set.of(states));
  }

  private static Change.Done done(QueueEntry entry, State state) {
    return new Change.Done(entry, state, Optional.of(BUSY), List.of(), List.of());
  }

  private static Change.Again again(QueueEntry entry, Instant next) {
    return new Change.Again(entry, next, entry.attempts() + 1, false, Optional.of(BUSY));
  }

  private int settle(Change... changes) throws StorageFailure {
    return queue.settle(List.of(new Settlement(List.of(changes), List.of())));
  }

  private boolean isKept(MailId id) throws StorageFailure {
    Optional<SpooledMail> mail = custody.spool().open(id);
    mail.ifPresent(SpooledMail::close);
    return mail.isPresent();
  }

  private void assertGone(MailId id) {
    await().untilAsserted(() -> assertThat(isKept(id)).isFalse());
  }

  private static List<Integer> numbers(List<QueueEntry> entries) {
    return entries.stream().map(QueueEntry::n).toList();
  }

  private static List<MailId> ids(List<QueueEntry> entries) {
    return entries.stream().map(QueueEntry::mail).toList();
  }

  @Test
  void anEmptyQueueHasNothing() throws StorageFailure {
    assertThat(claim(LATER, 10)).isEmpty();
    assertThat(queue.next()).isEmpty();
    assertThat(all()).isEmpty();
    assertThat(queue.tally()).isEmpty();
    assertThat(queue.settle(List.of())).isZero();
  }

  @Test
  void aLocalMailMakesNoEntries() throws StorageFailure {
    Post.keep(custody, CONTENT, Post.to(account(custody, "bob")));

    assertThat(all()).isEmpty();
  }

  @Test
  void aMailIsBornAsTheRunnerBelieves() throws StorageFailure {
    Arrival inHand = arrival(inHand(), to("a").with(SUCCESS, ORCPT), to("b"));
    Arrival waiting = arrival(new FirstTry(false, LATER), to("c"));
    Post.keep(custody, CONTENT, inHand);
    Post.keep(custody, CONTENT, waiting);

    assertThat(queue.list(oneMail(inHand.id()), 10)).isEqualTo(Births.of(inHand));
    assertThat(queue.list(oneMail(waiting.id()), 10)).isEqualTo(Births.of(waiting));
  }

  @Test
  void whatIsInHandFromItsBirthIsClaimedByNobodyUntilTheLeaseIsOver() throws StorageFailure {
    Arrival arrival = arrival(inHand(), to("a"));
    Post.keep(custody, CONTENT, arrival);
    QueueEntry born = Births.of(arrival).getFirst();

    assertThat(claim(NOON.plus(LEASE).minusMillis(1), 10)).isEmpty();
    assertThat(queue.next()).contains(NOON.plus(LEASE));
    QueueEntry taken = claim(NOON.plus(LEASE), 10).getFirst();
    assertThat(taken.lease()).isNotIn(0L, born.lease());
    assertThat(settle(done(born, State.RELAYED))).as("by the first holder").isZero();
    assertThat(settle(done(taken, State.RELAYED))).isEqualTo(1);
  }

  @Test
  void whatIsInHandFromItsBirthIsSettledByWhoAcceptedIt() throws StorageFailure {
    Arrival arrival = arrival(inHand(), to("a"));
    Post.keep(custody, CONTENT, arrival);

    assertThat(settle(done(Births.of(arrival).getFirst(), State.RELAYED))).isEqualTo(1);
    assertThat(isKept(arrival.id())).isFalse();
    assertThat(all()).isEmpty();
  }

  @Test
  void whatWaitsIsClaimedWhenItIsDue() throws StorageFailure {
    keep(new FirstTry(false, LATER), to("a"));

    assertThat(queue.next()).contains(LATER);
    assertThat(claim(LATER.minusMillis(1), 10)).isEmpty();
    QueueEntry claimed = claim(LATER, 10).getFirst();
    assertThat(claimed.state()).isEqualTo(State.DELIVERING);
    assertThat(claimed.next()).contains(LATER.plus(LEASE));
    assertThat(claim(LATER, 10)).isEmpty();
    assertThat(queue.list(Selection.ALL, 10)).containsExactly(claimed);
  }

  @Test
  void theOldestDueIsClaimedFirstAndNoMoreThanAskedFor() throws StorageFailure {
    MailId third = keep(new FirstTry(false, NOON.plusSeconds(3)), to("a"), to("b"));
    MailId first = keep(new FirstTry(false, NOON.plusSeconds(1)), to("c"));
    MailId second = keep(new FirstTry(false, NOON.plusSeconds(2)), to("d"));

    assertThat(ids(claim(LATER, 2))).containsExactly(first, second);
    assertThat(ids(claim(LATER, 2))).containsExactly(third, third);
  }

  @Test
  void whatBelongsToOneMailStandsTogether() throws StorageFailure {
    MailId one = waiting(to("a"), to("b"));
    List<QueueEntry> both = claim(LATER, 10);
    settle(again(both.get(0), NOON.plusSeconds(1)), again(both.get(1), NOON.plusSeconds(3)));
    MailId other = keep(new FirstTry(false, NOON.plusSeconds(2)), to("c"));

    assertThat(ids(claim(LATER, 10))).containsExactly(one, one, other);
  }

  @Test
  void claimsHaveLeasesThatGrow() throws StorageFailure {
    waiting(to("a"), to("b"));
    long first = claim(LATER, 1).getFirst().lease();

    assertThat(claim(LATER, 1).getFirst().lease()).isGreaterThan(first);
  }

  @Test
  void aLeaseThatIsOverIsTakenOverAndItsHolderCountsNoMore() throws StorageFailure {
    MailId id = waiting(to("a"));
    QueueEntry slow = claimOne();
    QueueEntry taken = claim(LATER.plus(LEASE), 10).getFirst();

    assertThat(settle(done(slow, State.FAILED))).isZero();
    assertThat(settle(again(slow, LATER))).isZero();
    assertThat(all()).containsExactly(taken);
    assertThat(settle(done(taken, State.RELAYED))).isEqualTo(1);
    assertThat(settle(done(taken, State.RELAYED))).as("a second time").isZero();
    assertThat(isKept(id)).isFalse();
  }

  @Test
  void whatFailedForNowIsTriedAgainWithWhatWasLearned() throws StorageFailure {
    waiting(to("a"));
    Instant next = LATER.plusSeconds(300);
    settle(new Change.Again(claimOne(), next, 1, true, Optional.of(BUSY)));

    assertThat(queue.next()).contains(next);
    QueueEntry second = claim(next, 10).getFirst();
    assertThat(second.attempts()).isEqualTo(1);
    assertThat(second.warned()).isTrue();
    assertThat(second.cause()).contains(BUSY);
    settle(new Change.Again(second, next, 2, true, Optional.empty()));
    assertThat(all().getFirst().cause()).as("nothing newer is known").contains(BUSY);
    assertThat(all().getFirst().lease()).isZero();
  }

  @Test
  void aMailIsFreedWithItsLastRecipient() throws StorageFailure {
    MailId id = waiting(to("a"), to("b"), to("c"));
    List<QueueEntry> claimed = claim(LATER, 10);
    settle(done(claimed.get(0), State.RELAYED), again(claimed.get(1), LATER));
    settle(done(claimed.get(2), State.FAILED));

    assertThat(isKept(id)).isTrue();
    assertThat(all())
        .extracting(QueueEntry::state)
        .containsExactly(State.RELAYED, State.WAITING, State.FAILED);
    assertThat(queue.tally())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(State.RELAYED, 1L, State.WAITING, 1L, State.FAILED, 1L));
    settle(done(claimOne(), State.RELAYED));
    assertThat(isKept(id)).isFalse();
    assertThat(all()).isEmpty();
    assertThat(queue.next()).isEmpty();
  }

  @Test
  void manySettlementsAreOneCommit() throws StorageFailure {
    for (int i = 0; i < 50; i++) {
      waiting(to("a"), to("b"));
    }
    List<Settlement> settlements =
        claim(LATER, 1_000).stream()
            .map(entry -> new Settlement(List.of(done(entry, State.RELAYED)), List.of()))
            .toList();

    assertThat(queue.settle(settlements)).isEqualTo(100);
    assertThat(all()).isEmpty();
  }

  @Test
  void aLargeMailIsFreedToo() throws StorageFailure {
    Arrival arrival = arrival(new FirstTry(false, NOON), to("a"));
    Post.keep(custody, Post.octets(400_000, 1), arrival);
    settle(done(claimOne(), State.RELAYED));

    assertThat(isKept(arrival.id())).isFalse();
  }

  @Test
  void aMailInAMaildropOutlivesTheQueue() throws StorageFailure {
    AccountId bob = account(custody, "bob");
    MailId id = waiting(Post.to(bob), to("a"));
    settle(done(claimOne(), State.RELAYED));

    assertThat(all()).isEmpty();
    assertThat(isKept(id)).isTrue();
    assertThat(mails(custody, bob)).hasSize(1);
    deleteAll(bob);
    assertGone(id);
  }

  @Test
  void aMailInTheQueueOutlivesTheMaildrop() throws StorageFailure {
    AccountId bob = account(custody, "bob");
    MailId id = waiting(Post.to(bob), to("a"));
    deleteAll(bob);

    assertThat(isKept(id)).isTrue();
    settle(done(claimOne(), State.RELAYED));
    assertGone(id);
  }

  private void deleteAll(AccountId account) throws StorageFailure {
    try (Maildrop maildrop = Post.open(custody, account)) {
      maildrop.delete(maildrop.mails());
    }
  }

  private static Composed report(MailId id, Recipient recipient) {
    Envelope envelope = new Envelope(new ReversePath.Null(), List.of(recipient));
    return new Composed(
        new Arrival(id, LATER, envelope, "", false, false, inHand()), CONTENT.clone());
  }

  @Test
  void aFailureAndItsReportAreOneCommit() throws StorageFailure {
    AccountId bob = account(custody, "bob");
    MailId failed = waiting(to("a"));
    Composed away = report(nextId(), to("sender"));
    Composed here = report(nextId(), Post.to(bob));
    Settlement settlement =
        new Settlement(List.of(done(claimOne(), State.FAILED)), List.of(away, here));

    assertThat(queue.settle(List.of(settlement))).isEqualTo(1);
    assertThat(isKept(failed)).isFalse();
    assertThat(all()).isEqualTo(Births.of(away.arrival()));
    assertThat(mails(custody, bob)).hasSize(1);
    assertThat(custody.maildrops().usage(bob).mails()).isEqualTo(1);
    try (Maildrop maildrop = Post.open(custody, bob)) {
      assertThat(new String(Post.read(maildrop, maildrop.mails().getFirst()), US_ASCII))
          .isEqualTo("Return-Path: <>\r\n" + new String(CONTENT, US_ASCII));
    }
  }

  @Test
  void withoutItsReportThereIsNoFailure() throws StorageFailure {
    waiting(to("a"));
    QueueEntry entry = claimOne();
    MailId taken = keep(new FirstTry(false, LATER.plus(LEASE)), to("b"));
    Composed impossible = report(taken, to("sender"));
    Settlement settlement = new Settlement(List.of(done(entry, State.FAILED)), List.of(impossible));

    assertThatExceptionOfType(StorageFailure.class)
        .isThrownBy(() -> queue.settle(List.of(settlement)));
    assertThat(all()).hasSize(2).contains(entry);
    assertThat(settle(done(entry, State.FAILED))).isEqualTo(1);
  }

  @Test
  void whoHasLostTheEntryReportsNothing() throws StorageFailure {
    waiting(to("a"));
    QueueEntry slow = claimOne();
    QueueEntry taken = claim(LATER.plus(LEASE), 10).getFirst();
    Settlement settlement =
        new Settlement(List.of(done(slow, State.FAILED)), List.of(report(nextId(), to("sender"))));

    assertThat(queue.settle(List.of(settlement))).isZero();
    assertThat(all()).containsExactly(taken);
  }

  @Test
  void aLocalRecipientWhoseSenderAskedIsOwedAReport() throws StorageFailure {
    AccountId bob = account(custody, "bob");
    MailId id = waiting(Post.to(bob).with(SUCCESS, ORCPT));

    assertThat(queue.list(Selection.ALL, 10)).as("nothing is unfinished").isEmpty();
    QueueEntry owed = claimOne();
    assertThat(owed.state()).isEqualTo(State.DELIVERED);
    assertThat(owed.recipient()).isEqualTo(mailbox("bob", "ehlo.test"));
    assertThat(owed.orcpt()).isEqualTo(ORCPT);
    settle(again(owed, LATER));
    owed = claimOne();
    assertThat(owed.state()).as("it stays what it is").isEqualTo(State.DELIVERED);
    assertThat(settle(done(owed, State.DELIVERED))).isEqualTo(1);
    assertThat(all()).isEmpty();
    assertThat(isKept(id)).isTrue();
    deleteAll(bob);
    assertGone(id);
  }

  @Test
  void anAliasForSeveralIsExpanded() throws StorageFailure {
    AccountId bob = account(custody, "bob");
    Mailbox a = mailbox("a", "x.test");
    Mailbox b = mailbox("b", "x.test");
    Recipient all =
        new Recipient(
            new ForwardPath.To(mailbox("all", "ehlo.test")),
            List.of(bob),
            List.of(a, b),
            SUCCESS,
            ORCPT);
    waiting(to("c"), all);

    List<QueueEntry> entries = all();
    assertThat(numbers(entries)).containsExactly(0, 1, 2, 3);
    assertThat(entries)
        .extracting(QueueEntry::state)
        .containsExactly(State.WAITING, State.EXPANDED, State.WAITING, State.WAITING);
    assertThat(entries.get(2).notices()).isEqualTo(Notify.of(Set.of(Notify.Happening.DELAY)));
    assertThat(entries.get(3).orcpt()).isEqualTo(ORCPT);
    assertThat(mails(custody, bob)).hasSize(1);
  }

  @Test
  void aRecipientThatTurnsOutToBeOursIsDelivered() throws StorageFailure {
    AccountId bob = account(custody, "bob");
    AccountId eve = account(custody, "eve");
    MailId id = waiting(to("bob"), to("a"), Post.to(eve));
    List<QueueEntry> claimed = claim(LATER, 10);
    custody.maildrops().usage(bob);
    Change.Done ours =
        new Change.Done(
            claimed.getFirst(), State.DELIVERED, Optional.empty(), List.of(bob, eve), List.of());

    assertThat(settle(ours)).isEqualTo(1);
    assertThat(custody.maildrops().usage(bob).mails()).isEqualTo(1);
    assertThat(mails(custody, eve)).as("she has it already").hasSize(1);
    try (Maildrop maildrop = Post.open(custody, bob)) {
      byte[] whole = Post.read(maildrop, maildrop.mails().getFirst());
      assertThat(new String(whole, US_ASCII)).startsWith(Post.RETURN_PATH);
      assertThat(Post.content(whole)).isEqualTo(CONTENT);
      assertThat(maildrop.mails().getFirst().octets()).isEqualTo(whole.length);
    }
    deleteAll(eve);
    settle(done(claimed.get(1), State.RELAYED));
    assertThat(all()).isEmpty();
    assertThat(isKept(id)).isTrue();
    deleteAll(bob);
    assertGone(id);
  }

  @Test
  void theLastRecipientOfAMailMayTurnOutToBeOurs() throws StorageFailure {
    AccountId bob = account(custody, "bob");
    MailId id = waiting(to("bob"));
    settle(new Change.Done(claimOne(), State.DELIVERED, Optional.empty(), List.of(bob), List.of()));

    assertThat(all()).isEmpty();
    assertThat(mails(custody, bob)).hasSize(1);
    deleteAll(bob);
    assertGone(id);
  }

  @Test
  void anAccountThatIsGoneMeanwhileSendsTheRecipientBackToWait() throws StorageFailure {
    AccountId bob = account(custody, "bob");
    waiting(to("bob"));
    QueueEntry entry = claimOne();
    custody.directory().removeAccount(bob);
    Change.Done ours =
        new Change.Done(entry, State.DELIVERED, Optional.empty(), List.of(bob), List.of());
    Settlement settlement = new Settlement(List.of(ours), List.of(report(nextId(), to("sender"))));

    assertThat(queue.settle(List.of(settlement))).isZero();
    assertThat(claimOne().recipient()).isEqualTo(entry.recipient());
  }

  @Test
  void anAliasThatIsFoundLateIsExpandedIntoTheSameMail() throws StorageFailure {
    AccountId bob = account(custody, "bob");
    MailId id = waiting(to("all").with(SUCCESS, ORCPT));
    Mailbox a = mailbox("a", "y.test");
    Mailbox b = mailbox("b", "y.test");
    settle(
        new Change.Done(claimOne(), State.EXPANDED, Optional.empty(), List.of(bob), List.of(a, b)));

    assertThat(mails(custody, bob)).hasSize(1);
    assertThat(all())
        .extracting(QueueEntry::state)
        .containsExactly(State.EXPANDED, State.WAITING, State.WAITING);
    List<QueueEntry> targets = claim(LATER, 10);
    assertThat(targets).extracting(QueueEntry::recipient).containsExactly(a, b);
    assertThat(targets).extracting(QueueEntry::orcpt).containsOnly(ORCPT);
    assertThat(targets)
        .extracting(QueueEntry::notices)
        .containsOnly(Notify.of(Set.of(Notify.Happening.DELAY)));
    settle(done(targets.get(0), State.RELAYED), done(targets.get(1), State.RELAYED));
    deleteAll(bob);
    assertGone(id);
  }

  private static Selection oneMail(MailId id) {
    return new Selection(
        Optional.of(id),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(State.values()));
  }

  @Test
  void whatAnEarlierProcessHadInHandWaitsAgain() throws StorageFailure {
    AccountId bob = account(custody, "bob");
    keep(inHand(), to("a"), Post.to(bob).with(SUCCESS, ORCPT));
    waiting(to("b"));
    MailId third = keep(new FirstTry(false, NOON.plus(LEASE)), to("c"));
    assertThat(claim(NOON, 10)).hasSize(2);

    assertThat(queue.recover(LATER)).isEqualTo(3);
    assertThat(queue.next()).contains(LATER);
    assertThat(claim(LATER, 10))
        .extracting(QueueEntry::state)
        .containsExactlyInAnyOrder(State.DELIVERING, State.DELIVERED, State.DELIVERING);
    assertThat(ids(claim(NOON.plus(LEASE), 10))).as("this one waited").containsExactly(third);
  }

  @Test
  void everyFactOfAMailAndItsRecipientsSurvives() throws StorageFailure {
    DsnOptions dsn = new DsnOptions(Optional.of(DsnOptions.Ret.HDRS), Optional.of("QQ 3+1=4"));
    Mailbox odd = mailbox("a b\"\\, ''c", "x.test");
    Recipient never = Recipient.elsewhere(odd).with(Notify.NEVER, Optional.empty());
    Recipient told = to("Bob").with(SUCCESS, ORCPT);
    Envelope envelope =
        new Envelope(
            new ReversePath.Sender(mailbox("A n,n", "client.example")), List.of(never, told), dsn);
    Arrival arrival =
        new Arrival(nextId(), NOON, envelope, "", true, true, new FirstTry(false, NOON));
    Post.keep(custody, CONTENT, arrival);

    assertThat(all()).isEqualTo(Births.of(arrival));
    try (SpooledMail mail = custody.spool().open(arrival.id()).orElseThrow()) {
      assertThat(mail.dsn()).isEqualTo(dsn);
      assertThat(mail.eightBit()).isTrue();
      assertThat(mail.smtpUtf8()).isTrue();
      assertThat(Arrays.equals(mail.content().next(), CONTENT)).isTrue();
    }
  }
}
