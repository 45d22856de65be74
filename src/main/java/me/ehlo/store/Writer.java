package me.ehlo.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import me.ehlo.mail.StorageFailure;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes: it takes whatever waits, does it in one transaction, commits, and only then tells everyone.
 *
 * <p>Group commit forms by itself: while one commit waits for the disk, the next batch gathers. Idle, a work waits for nobody.
 *
 * <p>A commit that failed is never tried again, because after a failed fsync the kernel may call pages clean that
 * never reached the disk. Everyone in the batch is told, the connection is given up, and the next batch opens another.
 */
final class Writer implements AutoCloseable {
  private static final int BATCH_OCTETS_MAX = 4 * 1024 * 1024;
  private static final int BATCH_WORKS_MAX = 1_000;
  private static final long REST_AFTER_MILLIS = 5_000;

  private final Link link;
  private final Dialect dialect;
  private final Troubles troubles;
  private final BlockingQueue<Task<?>> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closing;
  private List<Task<?>> inHand = List.of();
  private boolean wroteSinceRest;

  Writer(Link link, Dialect dialect, Troubles troubles) {
    this.link = link;
    this.dialect = dialect;
    this.troubles = troubles;
    this.thread = Thread.ofPlatform().name("store-writer").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Hands in a work; it will be done with others. */
  <T> Task<T> submit(Work<T> work) {
    Task<T> task = new Task<>(work);
    waiting.add(task);
    if (closing && !thread.isAlive()) {
      refuse(waiting);
    }
    return task;
  }

  /** Whether nobody waits to write just now. */
  boolean idle() {
    return waiting.isEmpty();
  }

  private void run() {
    try {
      while (!(closing && waiting.isEmpty())) {
        inHand = take();
        if (inHand.isEmpty()) {
          rest();
        } else {
          write(inHand);
        }
      }
    } finally {
      closing = true;
      link.giveUp();
      refuse(inHand);
    }
  }

  private List<Task<?>> take() {
    List<Task<?>> batch = new ArrayList<>();
    Task<?> next = first();
    for (int octets = 0; next != null; next = waiting.poll()) {
      batch.add(next);
      octets += next.octets();
      if (octets >= BATCH_OCTETS_MAX || batch.size() >= BATCH_WORKS_MAX) {
        break;
      }
    }
    return batch;
  }

  private @Nullable Task<?> first() {
    try {
      return waiting.poll(REST_AFTER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return waiting.poll(); // nobody interrupts us; close() hands in a work
    }
  }

  private void write(List<Task<?>> batch) {
    Session session;
    try {
      session = link.open();
    } catch (SQLException e) {
      fail(batch, "the database cannot be opened: ", e);
      return;
    }
    Throwable spoiled = attempt(session, batch);
    if (spoiled == null) {
      commit(session, batch);
    } else {
      takeBack(session, batch, spoiled);
    }
  }

  /** Does all works without the commit; what went wrong, or nothing. */
  private static @Nullable Throwable attempt(Session session, List<Task<?>> batch) {
    try {
      session.begin();
      for (Task<?> task : batch) {
        task.run(session);
      }
      session.flush();
      return null;
    } catch (SQLException | RuntimeException e) {
      // A work with a defect must not end the thread that everyone waits for; its own waiter hears
      // of it.
      return e;
    }
  }

  private void commit(Session session, List<Task<?>> batch) {
    try {
      session.commit();
    } catch (SQLException e) {
      link.giveUp();
      fail(batch, "a commit failed: ", e);
      return;
    }
    wroteSinceRest = true;
    batch.forEach(Task::committed);
    troubles.fine();
    batch.forEach(Task::succeed);
  }

  private void takeBack(Session session, List<Task<?>> batch, Throwable spoiled) {
    boolean apart = worthTryingApart(spoiled);
    if (!rollback(session, spoiled)) {
      link.giveUp();
    }
    if (apart && batch.size() > 1) {
      batch.forEach(task -> write(List.of(task)));
    } else if (spoiled instanceof SQLException e) {
      fail(batch, "a write failed: ", e);
    } else {
      batch.forEach(task -> task.fail(spoiled));
    }
  }

  private boolean worthTryingApart(Throwable spoiled) {
    return !(spoiled instanceof SQLException e) || dialect.worthTryingApart(e);
  }

  /** Whether the connection is still good. */
  private boolean rollback(Session session, Throwable spoiled) {
    try {
      session.rollback();
      return !(spoiled instanceof SQLException e) || !dialect.breaksConnection(e);
    } catch (SQLException e) {
      spoiled.addSuppressed(e);
      return false;
    }
  }

  private void fail(List<Task<?>> batch, String what, SQLException e) {
    StorageFailure why = troubles.begin(dialect.kind(e), what + dialect.describe(e), e);
    batch.forEach(task -> task.fail(why));
  }

  private void rest() {
    if (wroteSinceRest) {
      wroteSinceRest = false;
      try {
        dialect.rest(link.open());
      } catch (SQLException e) {
        link.giveUp();
        fail(List.of(), "the log could not be moved into the database: ", e);
      }
    }
  }

  private static void refuse(Iterable<Task<?>> tasks) {
    for (Task<?> task : tasks) {
      task.fail(new StorageFailure(StorageFailure.Kind.TROUBLE, "the store is closed"));
    }
  }

  /** Does what was handed in, then ends. */
  @Override
  public void close() {
    closing = true;
    var _ = submit(session -> true); // wakes the thread
    Waiting.forEnd(thread);
    refuse(waiting);
  }
}
