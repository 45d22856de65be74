package me.ehlo.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting is bounded: in time, in how many, and by the server's end. */
@Timeout(60)
class PausesTest {
  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void oneWaits() {
    long before = System.nanoTime();
    new Pauses(1).pause(Duration.ofMillis(50));
    assertThat(System.nanoTime() - before)
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
  }

  @Test
  void whenTooManyWaitNobodyMoreDoesAndTheEndLetsAllGo() throws InterruptedException {
    Pauses pauses = new Pauses(1);
    Thread waiting = Thread.ofVirtual().start(() -> pauses.pause(LONG));
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    pauses.pause(LONG);
    assertThat(waiting.isAlive()).isTrue();
    pauses.close();
    waiting.join();
    pauses.pause(LONG);
  }
}
