package me.ehlo.queue;

import static me.ehlo.store.Post.NOON;
import static me.ehlo.store.Post.account;
import static me.ehlo.store.Post.mailbox;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Envelope;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrop;
import me.ehlo.queue.Settlement.Change;
import me.ehlo.spool.Arrival;
import me.ehlo.spool.Composed;
import me.ehlo.spool.FirstTry;
import me.ehlo.spool.MailIds;
import me.ehlo.store.Custody;
import me.ehlo.store.Post;
import me.ehlo.store.RamStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A long walk of everything that may happen to a queue, beside a model that does the same: the two never differ. */
public abstract class QueueWalkContract {
  private static final long SEED = 20261122;
  private static final int STEPS = 1_500;
  private static final Notify SUCCESS = Notify.of(Set.of(Notify.Happening.SUCCESS));
  private static final QueueEntry.Kept BUSY =
      new QueueEntry.Kept("busy", 451, "4.3.0", "later", "mx");

  private final Random random = new Random(SEED);
  private final MailIds ids = new MailIds(InstantSource.system(), new Random(SEED));
  private final RamStore model = new RamStore(() -> now());
  private final List<MailId> kept = new ArrayList<>();
  private final List<QueueEntry[]> inHand = new ArrayList<>();
  private Custody custody;
  private List<AccountId> accounts = List.of();
  private Instant now = NOON;

  /** A new and empty store. */
  protected abstract Custody openCustody(InstantSource clock) throws Exception;

  private Instant now() {
    return now;
  }

  @BeforeEach
  void open() throws Exception {
    custody = openCustody(this::now);
    accounts = List.of(account(custody, "bob"), account(custody, "eve"));
    assertThat(List.of(account(model, "bob"), account(model, "eve"))).isEqualTo(accounts);
  }

  @AfterEach
  void close() throws StorageFailure {
    custody.close();
  }

  @Test
  void theTwoNeverDiffer() throws StorageFailure {
    for (int step = 0; step < STEPS; step++) {
      step();
      if (step % 20 == 0) {
        assertSame(step);
      }
    }
    assertSame(STEPS);
    assertThat(kept.size()).isGreaterThan(300);
    await().untilAsserted(this::assertSameAreKept);
  }

  private void assertSameAreKept() throws StorageFailure {
    for (MailId id : kept) {
      assertThat(isKept(id)).as("%s", id).isEqualTo(model.mail(id).isPresent());
    }
  }

  private void step() throws StorageFailure {
    now = now.plusSeconds(random.nextInt(30));
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> keep();
      case 4, 5 -> claim();
      case 6, 7, 8 -> settle();
      case 9 -> act();
      case 10 -> delete();
      default -> recoverSeldom();
    }
  }

  private void keep() throws StorageFailure {
    List<Recipient> recipients = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      recipients.add(recipient());
    }
    Arrival arrival = arrival(recipients);
    byte[] content = Post.octets(random.nextInt(10) == 0 ? 200_000 : 100, SEED);
    Post.keep(custody, content, arrival);
    Post.keep(model, content, arrival);
    kept.add(arrival.id());
    for (QueueEntry born : Births.of(arrival)) {
      if (born.lease() != 0) {
        inHand.add(new QueueEntry[] {born, born});
      }
    }
  }

  private Arrival arrival(List<Recipient> recipients) {
    Envelope envelope =
        new Envelope(new ReversePath.Sender(mailbox("ann", "client.example")), recipients);
    FirstTry firstTry = new FirstTry(random.nextBoolean(), soon());
    return new Arrival(ids.next(), now, envelope, Post.RECEIVED, false, false, firstTry);
  }

  private Recipient recipient() {
    ForwardPath path = new ForwardPath.To(mailbox("r" + random.nextInt(9), "ehlo.test"));
    Notify notices = random.nextBoolean() ? SUCCESS : Notify.UNSAID;
    return switch (random.nextInt(4)) {
      case 0 -> Recipient.local(path, someAccounts()).with(notices, Optional.empty());
      case 1 -> new Recipient(path, someAccounts(), elsewhere(), notices, Optional.empty());
      default -> Recipient.elsewhere(elsewhere().getFirst()).with(notices, Optional.empty());
    };
  }

  private List<AccountId> someAccounts() {
    return random.nextBoolean() ? accounts : List.of(accounts.get(random.nextInt(2)));
  }

  private List<Mailbox> elsewhere() {
    Mailbox one = mailbox("m" + random.nextInt(100), "d" + random.nextInt(5) + ".test");
    return random.nextBoolean() ? List.of(one) : List.of(one, mailbox("twin", "t.test"));
  }

  private Instant soon() {
    return now.plusMillis(random.nextInt(300_000));
  }

  private void claim() throws StorageFailure {
    int most = 1 + random.nextInt(30);
    Instant lease = soon();
    List<QueueEntry> real = custody.queue().claim(now, lease, most);
    List<QueueEntry> modelled = model.queue().claim(now, lease, most);
    assertThat(nameless(real)).isEqualTo(nameless(modelled));
    for (int i = 0; i < real.size(); i++) {
      inHand.add(new QueueEntry[] {real.get(i), modelled.get(i)});
    }
  }

  private void settle() throws StorageFailure {
    List<Settlement> real = new ArrayList<>();
    List<Settlement> modelled = new ArrayList<>();
    for (int i = random.nextInt(8); i >= 0 && !inHand.isEmpty(); i--) {
      QueueEntry[] pair = inHand.remove(random.nextInt(inHand.size()));
      List<Composed> reports = reports();
      long seed = random.nextLong();
      real.add(new Settlement(List.of(change(pair[0], new Random(seed))), reports));
      modelled.add(new Settlement(List.of(change(pair[1], new Random(seed))), reports));
    }
    assertThat(custody.queue().settle(real)).isEqualTo(model.queue().settle(modelled));
  }

  private List<Composed> reports() {
    if (random.nextInt(4) > 0) {
      return List.of();
    }
    Arrival arrival = arrival(List.of(recipient()));
    kept.add(arrival.id());
    return List.of(new Composed(arrival, Post.octets(300, SEED)));
  }

  private Change change(QueueEntry entry, Random chance) {
    Optional<QueueEntry.Kept> cause = chance.nextBoolean() ? Optional.of(BUSY) : Optional.empty();
    if (entry.state().isFinal()) {
      return new Change.Done(entry, entry.state(), cause, List.of(), List.of());
    }
    return switch (chance.nextInt(6)) {
      case 0, 1 ->
          new Change.Again(
              entry,
              now.plusSeconds(chance.nextInt(600)),
              entry.attempts() + 1,
              chance.nextBoolean(),
              cause);
      case 2 -> new Change.Done(entry, State.FAILED, cause, List.of(), List.of());
      case 3 ->
          new Change.Done(
              entry, State.DELIVERED, cause, List.of(accounts.get(chance.nextInt(2))), List.of());
      case 4 ->
          new Change.Done(entry, State.EXPANDED, cause, accounts, List.of(mailbox("x", "t.test")));
      default -> new Change.Done(entry, State.RELAYED, cause, List.of(), List.of());
    };
  }

  private void act() throws StorageFailure {
    Queue.Action action = List.of(Queue.Action.values()).get(random.nextInt(4));
    Optional<Instant> before =
        random.nextBoolean()
            ? Optional.of(now.minus(Duration.ofMinutes(random.nextInt(60))))
            : Optional.empty();
    Selection selection =
        new Selection(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(elsewhere().getFirst().host()).map(host -> (me.ehlo.mail.Domain) host),
            before,
            Optional.empty(),
            Set.of());
    assertThat(custody.queue().apply(selection, action, now))
        .isEqualTo(model.queue().apply(selection, action, now));
  }

  private void delete() throws StorageFailure {
    AccountId account = accounts.get(random.nextInt(2));
    for (Custody one : List.of(custody, model)) {
      try (Maildrop maildrop = Post.open(one, account)) {
        maildrop.delete(maildrop.mails().subList(0, maildrop.mails().size() / 2));
      }
    }
  }

  private void recoverSeldom() throws StorageFailure {
    if (random.nextInt(20) == 0) {
      assertThat(custody.queue().recover(now)).isEqualTo(model.queue().recover(now));
    }
  }

  private boolean isKept(MailId id) throws StorageFailure {
    return custody
        .spool()
        .open(id)
        .map(mail -> {
          mail.close();
          return true;
        })
        .orElse(false);
  }

  private void assertSame(int step) throws StorageFailure {
    Selection all =
        new Selection(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(State.values()));
    assertThat(nameless(custody.queue().list(all, 100_000)))
        .as("seed %d, step %d", SEED, step)
        .isEqualTo(nameless(model.queue().list(all, 100_000)));
    assertThat(custody.queue().next()).isEqualTo(model.queue().next());
    Map<State, Long> tally = new HashMap<>(custody.queue().tally());
    assertThat(tally).isEqualTo(model.queue().tally());
    for (AccountId account : accounts) {
      assertThat(Post.mails(custody, account)).isEqualTo(Post.mails(model, account));
    }
  }

  /** Leases are each store's own; whether there is one is not. */
  private static List<String> nameless(List<QueueEntry> entries) {
    return entries.stream()
        .map(entry ->
            "%s %d %s %s %s %s %d %s %s %s %s"
                .formatted(
                    entry.mail(),
                    entry.n(),
                    entry.lease() != 0,
                    entry.recipient(),
                    entry.notices(),
                    entry.state(),
                    entry.attempts(),
                    entry.since(),
                    entry.next(),
                    entry.warned(),
                    entry.cause()))
        .toList();
  }
}
