package me.ehlo.queue;

import static me.ehlo.store.Post.NOON;
import static me.ehlo.store.Post.account;
import static me.ehlo.store.Post.mailbox;
import static me.ehlo.store.Post.mails;
import static me.ehlo.store.Post.nextId;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.Envelope;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;
import me.ehlo.queue.Settlement.Change;
import me.ehlo.spool.Arrival;
import me.ehlo.spool.FirstTry;
import me.ehlo.spool.SpooledMail;
import me.ehlo.store.Post;
import org.junit.jupiter.api.Test;

/** What every queue does, wherever it keeps its entries. */
public abstract class QueueContract extends AtTheQueue {
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
