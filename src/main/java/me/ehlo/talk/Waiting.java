package me.ehlo.talk;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import me.ehlo.net.WireFailure;

/** Lets something that takes its time be done elsewhere, so that meanwhile it can be said what is awaited. */
final class Waiting {
  private static final Duration GLANCE = Duration.ofMillis(50);

  private Waiting() {}

  /**
   * What came of the work.
   *
   * @param meanwhile is told again and again how long it has been awaited so far, the first time after {@link #GLANCE}
   * @throws WireFailure if the work did
   */
  static <T> T whileDoing(Callable<T> work, Consumer<Duration> meanwhile) throws WireFailure {
    return unlessGivenUp(
            work,
            waited -> {
              meanwhile.accept(waited);
              return false;
            })
        .orElseThrow();
  }

  /** The same, as long as somebody wants to wait; empty: nobody does any more. */
  static <T> Optional<T> unlessGivenUp(Callable<T> work, Predicate<Duration> isGivenUp)
      throws WireFailure {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    long since = System.nanoTime();
    while (true) {
      try {
        return Optional.of(task.get(GLANCE.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        if (isGivenUp.test(Duration.ofNanos(System.nanoTime() - since))) {
          task.cancel(true);
          return Optional.empty();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("nobody interrupts this thread", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof WireFailure failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }
}
