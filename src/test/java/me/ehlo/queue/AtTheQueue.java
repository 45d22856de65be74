package me.ehlo.queue;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static me.ehlo.store.Post.NOON;
import static me.ehlo.store.Post.account;
import static me.ehlo.store.Post.mailbox;
import static me.ehlo.store.Post.nextId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Envelope;
import me.ehlo.mail.MailId;
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

/** What the contracts of the queue say again and again. */
abstract class AtTheQueue {
  static final byte[] CONTENT = "Subject: hi\r\n\r\nhi\r\n".getBytes(US_ASCII);
  static final Instant LATER = NOON.plus(Duration.ofMinutes(10));
  static final Duration LEASE = Duration.ofHours(1);
  static final QueueEntry.Kept BUSY =
      new QueueEntry.Kept("remote-busy", 451, "4.3.0", "Try again", "mx.x.test [192.0.2.7]");
  static final Notify SUCCESS = Notify.of(Set.of(Notify.Happening.SUCCESS, Notify.Happening.DELAY));
  static final Optional<Orcpt> ORCPT = Optional.of(new Orcpt("rfc822", "a+b=c@x.test"));

  Custody custody;
  Queue queue;

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

  static Recipient to(String localPart) {
    return Recipient.elsewhere(mailbox(localPart, "x.test"));
  }

  static Arrival arrival(FirstTry firstTry, Recipient... recipients) {
    Envelope envelope =
        new Envelope(new ReversePath.Sender(mailbox("ann", "client.example")), List.of(recipients));
    return new Arrival(nextId(), NOON, envelope, Post.RECEIVED, false, false, firstTry);
  }

  MailId keep(FirstTry firstTry, Recipient... recipients) throws StorageFailure {
    Arrival arrival = arrival(firstTry, recipients);
    Post.keep(custody, CONTENT, arrival);
    return arrival.id();
  }

  MailId waiting(Recipient... recipients) throws StorageFailure {
    return keep(new FirstTry(false, NOON), recipients);
  }

  static FirstTry inHand() {
    return new FirstTry(true, NOON.plus(LEASE));
  }

  List<QueueEntry> claim(Instant now, int most) throws StorageFailure {
    return queue.claim(now, now.plus(LEASE), most);
  }

  QueueEntry claimOne() throws StorageFailure {
    List<QueueEntry> claimed = claim(LATER, 10);
    assertThat(claimed).hasSize(1);
    return claimed.getFirst();
  }

  List<QueueEntry> all() throws StorageFailure {
    return queue.list(EVERYTHING, 10_000);
  }

  static final Selection EVERYTHING = in(State.values());

  static Selection in(State... states) {
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

  static Change.Done done(QueueEntry entry, State state) {
    return new Change.Done(entry, state, Optional.of(BUSY), List.of(), List.of());
  }

  static Change.Again again(QueueEntry entry, Instant next) {
    return new Change.Again(entry, next, entry.attempts() + 1, false, Optional.of(BUSY));
  }

  int settle(Change... changes) throws StorageFailure {
    return queue.settle(List.of(new Settlement(List.of(changes), List.of())));
  }

  boolean isKept(MailId id) throws StorageFailure {
    Optional<SpooledMail> mail = custody.spool().open(id);
    mail.ifPresent(SpooledMail::close);
    return mail.isPresent();
  }

  void assertGone(MailId id) {
    await().untilAsserted(() -> assertThat(isKept(id)).isFalse());
  }

  static List<Integer> numbers(List<QueueEntry> entries) {
    return entries.stream().map(QueueEntry::n).toList();
  }

  static List<MailId> ids(List<QueueEntry> entries) {
    return entries.stream().map(QueueEntry::mail).toList();
  }

  void deleteAll(AccountId account) throws StorageFailure {
    try (Maildrop maildrop = Post.open(custody, account)) {
      maildrop.delete(maildrop.mails());
    }
  }

  static Composed report(MailId id, Recipient recipient) {
    Envelope envelope = new Envelope(new ReversePath.Null(), List.of(recipient));
    return new Composed(
        new Arrival(id, LATER, envelope, "", false, false, inHand()), CONTENT.clone());
  }

  static Selection oneMail(MailId id) {
    return new Selection(
        Optional.of(id),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(State.values()));
  }
}
