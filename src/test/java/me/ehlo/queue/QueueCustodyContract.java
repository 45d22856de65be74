package me.ehlo.queue;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static me.ehlo.store.Post.NOON;
import static me.ehlo.store.Post.account;
import static me.ehlo.store.Post.mailbox;
import static me.ehlo.store.Post.mails;
import static me.ehlo.store.Post.nextId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrop;
import me.ehlo.queue.Settlement.Change;
import me.ehlo.spool.Arrival;
import me.ehlo.spool.Composed;
import me.ehlo.spool.FirstTry;
import me.ehlo.store.Post;
import org.junit.jupiter.api.Test;

/** How long every queue keeps a mail, and what else comes into the same commit: reports, maildrops, further recipients. */
public abstract class QueueCustodyContract extends AtTheQueue {
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
    assertThat(mails(custody, eve)).isEmpty();
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
}
