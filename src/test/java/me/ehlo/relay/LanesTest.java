package me.ehlo.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import me.ehlo.mail.Cause;
import me.ehlo.mail.Outcome;
import me.ehlo.queue.QueueEntry;
import org.junit.jupiter.api.Test;

/** Who stands in which lane and how many may call, by a hand clock and callers that only exist on paper. */
class LanesTest {
  private static final Cause CAUSE = Cause.of(RelayReason.LOOKUP_TROUBLE);
  private static final Outcome DELAYED = new Outcome.Delayed(CAUSE, false);
  private static final Outcome NEVER_MIND = new Outcome.Postponed(Duration.ZERO);
  private static final int ALL = 4;

  private final Mailbag bag = new Mailbag();
  private final AtomicLong clock = new AtomicLong(1_000_000);
  private final List<Lane> hired = new ArrayList<>();
  private final Lanes lanes = new Lanes(limits(ALL, 3, 2), hired::add, _ -> 0, clock::get);
  private final List<QueueEntry> entries = new ArrayList<>();
  private int made;

  @Test
  void parcelsAreTakenInTheirOrder() {
    Parcel one = offered("x");
    Parcel two = offered("x");
    Parcel three = offered("x");
    assertThat(hired).hasSize(2); // as many as a lane has at first

    Lane lane = hired.getFirst();
    Lane.Seat seat = lanes.seat();
    assertThat(lanes.take(lane, seat, false)).contains(one);
    assertThat(lanes.poll(lane, seat)).contains(two);
    assertThat(lanes.putBack(lane, one)).isTrue();
    assertThat(lanes.take(lane, seat, true)).contains(one);
    assertThat(lanes.take(lane, seat, true)).contains(three);
    assertThat(lanes.poll(lane, seat)).isEmpty();
    assertThat(lanes.take(lane, seat, false)).isEmpty();
  }

  @Test
  void oneMoreMayCallAfterEachRoundOfSuccess() {
    Lane lane = busyLane("x", 6);
    assertThat(hired).hasSize(2);
    lanes.relayed(lane);
    assertThat(hired).hasSize(2);
    lanes.relayed(lane);
    assertThat(hired).hasSize(3);
    for (int i = 0; i < 20; i++) {
      lanes.relayed(lane);
    }
    assertThat(hired).hasSize(3); // as many as a lane may have
  }

  @Test
  void troubleHalvesThoseWhoMayCall() {
    Lane lane = busyLane("x", 6);
    lanes.trouble(lane, CAUSE);
    assertThat(lanes.take(lane, lanes.seat(), true)).isEmpty();
    lanes.left(lane);
    assertThat(lanes.callers()).isEqualTo(1);
    assertThat(lanes.take(lane, lanes.seat(), true)).isPresent();
  }

  @Test
  void whatOneLeavesBehindIsHandedToAnotherWhoIsIdle() {
    Lane lane = busyLane("x", 2);
    Lane.Seat leaving = lanes.seat();
    Parcel parcel = lanes.take(lane, leaving, false).orElseThrow();
    assertThat(lanes.take(lane, leaving, false)).isPresent();
    CompletableFuture<Optional<Parcel>> idle = idle(lane);

    assertThat(lanes.putBack(lane, parcel)).isTrue();
    lanes.trouble(lane, CAUSE);
    assertThat(lanes.take(lane, leaving, false)).isEmpty();
    assertThat(idle.join()).contains(parcel);
  }

  @Test
  void anIdleCallerGetsWhatIsOffered() {
    Lane lane = busyLane("x", 1);
    assertThat(lanes.poll(lane, lanes.seat())).isPresent();
    CompletableFuture<Optional<Parcel>> idle = idle(lane);
    Parcel next = offered("x");
    assertThat(idle.join()).contains(next);
    assertThat(hired).hasSize(1);
  }

  @Test
  void aLaneThatIsUnreachableIsDownForAWhileAndLongerEachTime() {
    Lane lane = busyLane("x", 2);
    Parcel parcel = lanes.take(lane, lanes.seat(), false).orElseThrow();
    assertThat(lanes.unreachable(lane, CAUSE)).isTrue();
    assertThat(settled()).containsExactly(DELAYED); // the other, that waited
    assertThat(lanes.offer("x", parcel)).contains(DELAYED);
    assertThat(lanes.offer("y", parcel)).isEmpty();

    pass(limits(ALL, 3, 2).down());
    assertThat(lanes.offer("x", parcel)).isEmpty();
    lanes.unreachable(lane, CAUSE);
    pass(limits(ALL, 3, 2).down());
    assertThat(lanes.offer("x", parcel)).contains(DELAYED);
    pass(limits(ALL, 3, 2).down());
    assertThat(lanes.offer("x", parcel)).isEmpty();

    lanes.relayed(lane);
    lanes.unreachable(lane, CAUSE);
    pass(limits(ALL, 3, 2).down()); // not twice as long: it has been well since
    assertThat(lanes.offer("x", parcel)).isEmpty();
  }

  @Test
  void aLaneWithAServerAtItsOtherEndIsNotDown() {
    Lane lane = busyLane("x", 2);
    lanes.connected(lane, 1);
    assertThat(lanes.unreachable(lane, CAUSE)).isFalse();
    assertThat(settled()).isEmpty();
    lanes.connected(lane, -1);
    assertThat(lanes.unreachable(lane, CAUSE)).isTrue();
    assertThat(settled()).containsExactly(DELAYED, DELAYED);
  }

  @Test
  void troubleAgainAndAgainWithoutASuccessPutsALaneDown() {
    Lane lane = busyLane("x", 2);
    lanes.trouble(lane, CAUSE);
    lanes.trouble(lane, CAUSE);
    lanes.relayed(lane);
    lanes.trouble(lane, CAUSE);
    lanes.trouble(lane, CAUSE);
    lanes.trouble(lane, CAUSE);
    assertThat(settled()).isEmpty(); // mails have just gone that way
    pass(Duration.ofSeconds(10));
    lanes.trouble(lane, CAUSE);
    assertThat(settled()).containsExactly(DELAYED, DELAYED);
  }

  @Test
  void whenAllConversationsAreTakenLanesWaitForTheNextThatEnds() {
    busyLane("a", 9);
    busyLane("b", 9);
    assertThat(hired).hasSize(ALL);
    Lane first = hired.getFirst();
    Parcel hungry = offered("c");
    assertThat(hired).hasSize(ALL);
    lanes.left(first);
    assertThat(hired).hasSize(ALL + 1);
    assertThat(lanes.take(hired.getLast(), lanes.seat(), false)).contains(hungry);
    assertThat(lanes.callers()).isEqualTo(ALL);
  }

  @Test
  void anIdleCallerGoesForALaneThatHasNone() {
    Lane lane = busyLane("a", 1);
    assertThat(lanes.poll(lane, lanes.seat())).isPresent();
    CompletableFuture<Optional<Parcel>> idle = idle(lane);
    busyLane("b", 9);
    busyLane("c", 9);
    assertThat(idle.join()).isEmpty();
    lanes.left(lane);
    assertThat(lanes.callers()).isEqualTo(ALL);
  }

  @Test
  void oneLaneCannotStarveAnother() {
    Lane lane = busyLane("a", 20);
    Lane.Seat seat = lanes.seat();
    busyLane("b", 20);
    assertThat(lanes.take(lane, seat, false)).isPresent();
    pass(Duration.ofMinutes(1)); // as long as nobody else waits, for ever
    assertThat(lanes.take(lane, seat, false)).isPresent();

    Parcel hungry = offered("c");
    Lane.Seat fresh = lanes.seat();
    assertThat(lanes.take(lane, fresh, false)).isPresent(); // its turn has just begun
    assertThat(lanes.poll(lane, seat)).isEmpty();
    assertThat(lanes.take(lane, seat, true)).isEmpty();
    lanes.left(lane);
    assertThat(hired.getLast().name).isEqualTo("c");
    assertThat(lanes.take(hired.getLast(), lanes.seat(), false)).contains(hungry);

    lanes.left(hired.getLast());
    assertThat(hired.getLast().name).isEqualTo("a"); // which waits in line itself meanwhile
  }

  @Test
  void whoHasWaitedTooLongOrIsOneTooManyComesBackLater() {
    Lanes small = new Lanes(limits(1, 1, 1), hired::add, _ -> 0, clock::get);
    List<Parcel> waiting = List.of(parcel(), parcel(), parcel());
    waiting.forEach(each -> assertThat(small.offer("x", each)).isEmpty());
    for (int i = waiting.size(); i < 10; i++) {
      assertThat(small.offer("x", parcel())).isEmpty();
    }
    assertThat(small.offer("x", parcel()).orElseThrow()).isInstanceOf(Outcome.Postponed.class);

    small.sweep();
    assertThat(settled()).isEmpty();
    pass(Duration.ofMinutes(5).plusNanos(1));
    small.sweep();
    assertThat(settled()).hasSize(10).allMatch(Outcome.Postponed.class::isInstance);
  }

  @Test
  void aSweepSendsAwayWhoHasBeenIdleForTooLong() {
    Lane lane = busyLane("x", 1);
    assertThat(lanes.poll(lane, lanes.seat())).isPresent();
    CompletableFuture<Optional<Parcel>> idle = idle(lane);
    pass(Duration.ofSeconds(4));
    lanes.sweep();
    assertThat(idle).isNotDone();
    pass(Duration.ofSeconds(2));
    lanes.sweep();
    assertThat(idle.join()).isEmpty();
  }

  @Test
  void whatWaitsWhenWeStopIsGivenBackAndNothingIsTaken() {
    Lane lane = busyLane("x", 2);
    Parcel held = lanes.take(lane, lanes.seat(), false).orElseThrow();
    Lane other = busyLane("y", 1);
    assertThat(lanes.poll(other, lanes.seat())).isPresent();
    CompletableFuture<Optional<Parcel>> idle = idle(other);
    lanes.close();
    assertThat(settled()).containsExactly(NEVER_MIND);
    assertThat(idle.join()).isEmpty();
    assertThat(lanes.putBack(lane, held)).isFalse();
    assertThat(lanes.take(lane, lanes.seat(), true)).isEmpty();
    assertThat(lanes.offer("x", parcel())).contains(NEVER_MIND);
    assertThat(lanes.offer("z", parcel())).contains(NEVER_MIND);
  }

  private static RelayLimits limits(int all, int perLane, int atFirst) {
    return new RelayLimits(
        all,
        perLane,
        atFirst,
        10 * all,
        Duration.ofMinutes(5),
        5,
        100,
        1000,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Duration.ofSeconds(10));
  }

  /** A lane with this many parcels, and the callers that it gets for them. */
  private Lane busyLane(String name, int parcels) {
    for (int i = 0; i < parcels; i++) {
      offered(name);
    }
    return hired.stream().filter(lane -> lane.name.equals(name)).findFirst().orElseThrow();
  }

  private Parcel offered(String lane) {
    Parcel parcel = parcel();
    assertThat(lanes.offer(lane, parcel)).isEmpty();
    return parcel;
  }

  private Parcel parcel() {
    List<QueueEntry> mail = bag.mail("", "there.test", "u" + made++);
    entries.addAll(mail);
    return new Parcel(mail, bag, clock.get());
  }

  private List<Outcome> settled() {
    return entries.stream().flatMap(entry -> bag.outcomes(entry).stream()).toList();
  }

  /** A caller that waits with its connection kept; it waits when this returns. */
  private CompletableFuture<Optional<Parcel>> idle(Lane lane) {
    CompletableFuture<Optional<Parcel>> next = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(1);
    Lane.Seat seat = lanes.seat();
    Thread.ofVirtual()
        .start(() -> {
          begun.countDown();
          next.complete(lanes.take(lane, seat, true));
        });
    await().until(() -> begun.getCount() == 0 && isIdle(lane, seat));
    return next;
  }

  private boolean isIdle(Lane lane, Lane.Seat seat) {
    lanes.callers(); // has the lock once, so that what was done under it is seen
    return lane.idle.contains(seat);
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
