package me.ehlo.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A few hashings at a time, some waiting, the others sent away. */
class HashingThreadsTest {

  @Test
  void noMoreThanSoManyAtOnce() throws InterruptedException {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (HashingThreads hashing = new HashingThreads(2, 100, Duration.ofSeconds(30))) {
      Thread[] clients = new Thread[20];
      for (int i = 0; i < clients.length; i++) {
        clients[i] =
            Thread.startVirtualThread(() ->
                hashing.run(() -> {
                  most.accumulateAndGet(now.incrementAndGet(), Math::max);
                  Thread.onSpinWait();
                  now.decrementAndGet();
                  return true;
                }));
      }
      for (Thread client : clients) {
        client.join();
      }
    }
    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void whoWaitsTooLongOrFindsNoPlaceIsSentAway() throws InterruptedException {
    CountDownLatch stuck = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    try (HashingThreads hashing = new HashingThreads(1, 1, Duration.ofMillis(50))) {
      Thread.startVirtualThread(() -> {
        while (hashing.run(() -> waitFor(stuck, done)).isEmpty() && done.get() == 0) {
          Thread.onSpinWait(); // it was given up before it began: this machine is busy
        }
      });
      await().until(() -> done.get() == 1);
      assertThat(hashing.run(() -> done.incrementAndGet() > 0)).isEqualTo(Optional.empty());
      stuck.countDown();
      await().until(() -> hashing.run(() -> true).isPresent());
      assertThat(done.get()).isEqualTo(1); // what was given up was never begun
    }
  }

  private static boolean waitFor(CountDownLatch stuck, AtomicInteger done) {
    done.incrementAndGet();
    try {
      stuck.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }
}
