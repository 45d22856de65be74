package me.ehlo.front;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import me.ehlo.access.Pause;

/** Makes conversations wait, on their own threads, until the server stops; when too many wait already, nobody more. */
public final class Pauses implements Pause, AutoCloseable {
  private final Semaphore room;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param most how many wait at the same time
   */
  public Pauses(int most) {
    this.room = new Semaphore(most);
  }

  @Override
  public void pause(Duration duration) {
    if (duration.isZero() || !room.tryAcquire()) {
      return;
    }
    try {
      closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      room.release();
    }
  }

  /** Whoever waits goes on. */
  @Override
  public void close() {
    closed.countDown();
  }
}
