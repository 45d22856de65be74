package me.ehlo.store;

import static me.ehlo.store.Post.NOON;
import static me.ehlo.store.Post.keep;
import static me.ehlo.store.Post.mailbox;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.StorageFailure;
import me.ehlo.queue.Queue;
import me.ehlo.queue.QueueEntry;
import me.ehlo.queue.Selection;
import me.ehlo.queue.Settlement;
import me.ehlo.queue.Settlement.Change;
import me.ehlo.queue.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes share one queue on PostgreSQL. */
class QueueNodesTest {
  private static final Instant NOW = NOON.plusSeconds(1);
  private static final Instant LEASE = NOW.plus(Duration.ofHours(1));

  private Opened one;
  private Opened other;

  @BeforeEach
  void open() throws Exception {
    StoreSettings settings = new StoreSettings(Path.of("unused"), PostgresServer.newDatabase());
    one = Opened.open(settings);
    other = Opened.open(settings);
  }

  @AfterEach
  void close() throws StorageFailure {
    other.close();
    one.close();
  }

  private static Recipient to(String localPart) {
    return Recipient.elsewhere(mailbox(localPart, "x.test"));
  }

  private static Settlement done(QueueEntry entry, List<Mailbox> elsewhere) {
    State state = elsewhere.isEmpty() ? State.RELAYED : State.EXPANDED;
    return new Settlement(
        List.of(new Change.Done(entry, state, Optional.empty(), List.of(), elsewhere)), List.of());
  }

  /** Both at once. */
  private static <T> List<T> race(Callable<T> first, Callable<T> second) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<T> a = threads.submit(first);
      Future<T> b = threads.submit(second);
      return List.of(a.get(), b.get());
    }
  }

  private static List<QueueEntry> claimAll(Queue queue) throws StorageFailure {
    List<QueueEntry> claimed = new ArrayList<>();
    List<QueueEntry> some = queue.claim(NOW, LEASE, 7);
    while (!some.isEmpty()) {
      claimed.addAll(some);
      some = queue.claim(NOW, LEASE, 7);
    }
    return claimed;
  }

  @Test
  void bothClaimAndNoneGetsWhatTheOtherHas() throws Exception {
    for (int i = 0; i < 300; i++) {
      keep(i % 2 == 0 ? one : other, new byte[10], to("a"), to("b"));
    }
    List<List<QueueEntry>> claimed =
        race(() -> claimAll(one.queue()), () -> claimAll(other.queue()));

    List<QueueEntry> all = claimed.stream().flatMap(List::stream).toList();
    Set<String> names =
        all.stream().map(entry -> entry.mail() + " " + entry.n()).collect(Collectors.toSet());
    assertThat(all).hasSize(600);
    assertThat(names).hasSize(600);
    race(() -> settleEach(one, claimed.getFirst()), () -> settleEach(other, claimed.getLast()));
    assertThat(one.queue().tally()).isEmpty();
  }

  private static int settleEach(Opened store, List<QueueEntry> entries) throws StorageFailure {
    int counted = 0;
    for (QueueEntry entry : entries) {
      counted += store.queue().settle(List.of(done(entry, List.of())));
    }
    return counted;
  }

  @Test
  void theLastRecipientsOfAMailAreSettledByBothAtOnce() throws Exception {
    for (int i = 0; i < 50; i++) {
      keep(one, new byte[10], to("a"), to("b"));
      List<QueueEntry> both = one.queue().claim(NOW, LEASE, 2);
      Settlement first = done(both.getFirst(), List.of());
      Settlement second = done(both.getLast(), List.of());

      assertThat(
              race(
                  () -> one.queue().settle(List.of(first)),
                  () -> other.queue().settle(List.of(second))))
          .containsExactly(1, 1);
      assertThat(one.queue().tally()).isEmpty();
      assertThat(one.spool().open(both.getFirst().mail())).isEmpty();
    }
  }

  @Test
  void oneExpandsWhatTheOtherBelievesIsDone() throws Exception {
    for (int i = 0; i < 50; i++) {
      keep(one, new byte[10], to("list"), to("b"));
      List<QueueEntry> both = one.queue().claim(NOW, LEASE, 2);
      Settlement expanded = done(both.getFirst(), List.of(mailbox("target", "y.test")));
      Settlement relayed = done(both.getLast(), List.of());

      race(
          () -> one.queue().settle(List.of(expanded)),
          () -> other.queue().settle(List.of(relayed)));
      List<QueueEntry> left = one.queue().list(Selection.ALL, 10);
      assertThat(left)
          .extracting(entry -> entry.recipient().toString())
          .containsExactly("target@y.test");
      assertThat(Stream.of(one, other).flatMap(node -> node.events().stream())).isEmpty();
      one.queue().apply(Selection.ALL, Queue.Action.CANCEL, NOW);
    }
  }
}
