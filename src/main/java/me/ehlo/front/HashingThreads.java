package me.ehlo.front;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import me.ehlo.access.Hashing;

/**
 * Hashes passwords on a few platform threads.
 *
 * <p>A hashing is tens of milliseconds of nothing but computing. On virtual threads two of them would hold both carriers
 * of a small machine, and every other conversation would wait; platform threads share the processor with them.
 */
public final class HashingThreads implements Hashing, AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final ThreadPoolExecutor threads;
  private final Duration patience;

  /**
   * @param atOnce how many are hashed at the same time
   * @param waiting how many more may wait
   * @param patience how long they wait
   */
  public HashingThreads(int atOnce, int waiting, Duration patience) {
    this.patience = patience;
    this.threads =
        new ThreadPoolExecutor(
            atOnce,
            atOnce,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(waiting),
            Thread.ofPlatform().daemon().name("hashing-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public Optional<Boolean> run(Supplier<Boolean> work) {
    Future<Boolean> result;
    try {
      result = threads.submit(work::get);
    } catch (RejectedExecutionException e) {
      return Optional.empty();
    }
    return await(result);
  }

  private Optional<Boolean> await(Future<Boolean> result) {
    try {
      return Optional.of(result.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      result.cancel(false); // one that has begun ends by itself
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause()); // a defect of ours
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
