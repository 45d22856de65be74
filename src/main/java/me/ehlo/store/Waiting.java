package me.ehlo.store;

import java.util.concurrent.BlockingQueue;

/** Waits without giving up: an interrupt is passed on, not obeyed, because what the store does must be finished. */
final class Waiting {
  private Waiting() {}

  static void forEnd(Thread thread) {
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

  static <T> T take(BlockingQueue<T> queue) {
    boolean interrupted = false;
    while (true) {
      try {
        T taken = queue.take();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return taken;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
