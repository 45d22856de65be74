package me.ehlo.talk;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import me.ehlo.net.WireFailure;

/**
 * Listens while somebody types, so that what comes unasked is shown at once: a server that has waited too long says 421.
 *
 * <p>A connection is for one thread at a time: whoever closes these ears has it to himself again.
 */
final class Ears implements AutoCloseable {
  private static final long PAUSE = Duration.ofMillis(50).toNanos();

  private final Optional<Conversation> conversation;
  private final Runnable glance;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param glance what is done several times a second meanwhile
   */
  Ears(Optional<Conversation> conversation, Runnable glance) {
    this.conversation = conversation;
    this.glance = glance;
    this.thread = Thread.ofVirtual().unstarted(this::listen);
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    conversation.ifPresent(this::listen);
  }

  private void listen(Conversation heard) {
    try {
      while (!closed && heard.link().isOpen()) {
        if (heard.link().saysMore()) {
          heard.hearUnasked();
        }
        glance.run();
        LockSupport.parkNanos(PAUSE);
      }
    } catch (WireFailure e) {
      heard.lost(e);
      glance.run();
    }
  }
}
