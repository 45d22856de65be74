package me.ehlo.watch;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import me.ehlo.trace.Event;
import me.ehlo.trace.Journal;

/**
 * The log: one structured line for each event, written in the background.
 *
 * <p>Whoever has something to say writes its octets into one of two buffers and goes on; a thread of the log's own swaps
 * the buffers and writes the full one in a single call, so that under load a thousand lines share one. When the reader of
 * the log is slow and both buffers are full, callers wait: a line is never lost, and the order of lines is that of the
 * calls. Octets are made under the lock; that costs a fraction of a microsecond, and a queue of lines costs more.
 */
public final class Log implements Journal, AutoCloseable {
  private static final int BUFFER_OCTETS = 256 * 1024;
  private static final int GATHER_MILLIS = 10;

  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition crowded = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private final Thread writer;
  private LineBuffer filling = new LineBuffer(BUFFER_OCTETS);
  private LineBuffer writing = new LineBuffer(BUFFER_OCTETS);
  private boolean closed;

  private Log(OutputStream out) {
    this.out = out;
    this.writer = Thread.ofPlatform().name("log").daemon().unstarted(this::writeUntilClosed);
  }

  /** A log that has begun; the stream stays the caller's. */
  public static Log to(OutputStream out) {
    Log log = new Log(out);
    log.writer.start();
    return log;
  }

  @Override
  public void record(Event event) {
    lock.lock();
    try {
      while (filling.size() >= BUFFER_OCTETS && !closed) {
        emptied.awaitUninterruptibly();
      }
      boolean first = filling.size() == 0;
      Lines.append(event, filling);
      if (closed) {
        write(filling); // the last words of a server that stops: nobody writes behind our back any
        // more
      } else if (first) {
        filled.signal();
      } else if (filling.size() >= BUFFER_OCTETS / 2) {
        crowded.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns when every line is written. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      filled.signal();
      crowded.signal();
      emptied.signalAll();
    } finally {
      lock.unlock();
    }
    joinWriter();
  }

  private void joinWriter() {
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true; // the lines come first
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeUntilClosed() {
    while (swap()) {
      write(writing);
    }
  }

  /** Waits for something to write and takes it; false when the log is closed and empty. */
  private boolean swap() {
    lock.lock();
    try {
      while (filling.size() == 0) {
        if (closed) {
          return false;
        }
        filled.awaitUninterruptibly();
      }
      gather();
      LineBuffer full = filling;
      filling = writing;
      writing = full;
      emptied.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** A moment for more lines to come: waking up for each would cost a busy server more than writing it. */
  private void gather() {
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(GATHER_MILLIS);
      while (left > 0 && !closed && filling.size() < BUFFER_OCTETS / 2) {
        left = crowded.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      // Nobody interrupts the log; if somebody does, the lines are written a moment earlier.
    }
  }

  private void write(LineBuffer lines) {
    try {
      lines.writeTo(out);
      out.flush();
    } catch (IOException e) {
      // Standard error is gone, and with it the only place where this could be told. Mail goes on.
      lines.clear();
    }
  }
}
