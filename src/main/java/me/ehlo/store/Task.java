package me.ehlo.store;

import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import me.ehlo.mail.StorageFailure;
import org.jspecify.annotations.Nullable;

/**
 * A work on its way through a thread of the store, and whoever waits for it.
 *
 * <p>The one who waits is parked, not blocked in SQL: a conversation is a virtual thread, and SQLite's native calls would hold
 * its carrier. An interrupt does not end the waiting, because the work is done or not done regardless.
 */
final class Task<T> {
  private final Work<T> work;
  private @Nullable T result;
  private @Nullable Throwable failure;
  private volatile boolean done;
  private volatile @Nullable Thread waiter;

  Task(Work<T> work) {
    this.work = work;
  }

  int octets() {
    return work.octets();
  }

  /** Runs the work; the result is kept until {@link #succeed}. */
  void run(Session session) throws SQLException {
    result = work.run(session);
  }

  /** Lets the work note what is now true. */
  void committed() {
    work.committed(Objects.requireNonNull(result));
  }

  void succeed() {
    finish();
  }

  /** Ends the task, unless it has ended. */
  void fail(Throwable why) {
    if (!done) {
      failure = why;
      finish();
    }
  }

  private void finish() {
    done = true;
    LockSupport.unpark(waiter);
  }

  /** Waits until the work is done: its result, or the failure. */
  T await() throws StorageFailure {
    waiter = Thread.currentThread();
    boolean interrupted = false;
    while (!done) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw outcome(failure);
    }
    return Objects.requireNonNull(result);
  }

  /** A fresh exception, because one failure may be thrown in many threads. */
  private static StorageFailure outcome(Throwable failure) {
    if (failure instanceof StorageFailure known) {
      return new StorageFailure(known.kind(), String.valueOf(known.getMessage()), known);
    }
    throw new IllegalStateException("a defect in the store's own work", failure);
  }
}
