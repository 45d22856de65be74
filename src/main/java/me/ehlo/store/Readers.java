package me.ehlo.store;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import me.ehlo.mail.StorageFailure;

/** The few threads that read, each with a connection of its own; a read sees the last commit and waits for no writer. */
final class Readers implements AutoCloseable {
  private final Dialect dialect;
  private final BlockingQueue<Task<?>> waiting = new LinkedBlockingQueue<>();
  private final List<Thread> threads;
  private volatile boolean closing;

  Readers(int count, Supplier<Link> links, Dialect dialect) {
    this.dialect = dialect;
    this.threads =
        IntStream.rangeClosed(1, count)
            .mapToObj(n -> Thread.ofPlatform().name("store-reader-" + n))
            .map(builder -> builder.unstarted(() -> run(links.get())))
            .toList();
  }

  void start() {
    threads.forEach(Thread::start);
  }

  <T> Task<T> submit(Work<T> work) {
    Task<T> task = new Task<>(work);
    if (closing) {
      refuse(task);
    } else {
      waiting.add(task);
    }
    return task;
  }

  private void run(Link link) {
    while (!closing) {
      read(link, Waiting.take(waiting));
    }
    link.giveUp();
  }

  private void read(Link link, Task<?> task) {
    try {
      task.run(link.open());
      task.succeed();
    } catch (SQLException e) {
      link.giveUp(); // reads fail so seldom that it is not worth finding out whether it is still
      // good
      task.fail(new StorageFailure(dialect.kind(e), "a read failed: " + dialect.describe(e), e));
    } catch (RuntimeException e) {
      // A defect in one work must not end the thread that others wait for; its own waiter hears of
      // it.
      task.fail(e);
    }
  }

  private static void refuse(Task<?> task) {
    task.fail(new StorageFailure(StorageFailure.Kind.TROUBLE, "the store is closed"));
  }

  @Override
  public void close() {
    closing = true;
    threads.forEach(thread -> waiting.add(new Task<>(session -> true))); // wakes each
    threads.forEach(Waiting::forEnd);
    waiting.forEach(Readers::refuse);
  }
}
