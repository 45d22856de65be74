package me.ehlo.net;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** The side of a wire that other threads see: until when it waits, and how to end the wait. */
public final class Watch {
  private static final Duration WRITE_PATIENCE = Duration.ofMinutes(3);

  private final Socket socket;
  private Duration patience = WRITE_PATIENCE;
  private Duration writePatience = WRITE_PATIENCE;
  private volatile long deadline = Long.MAX_VALUE;
  private volatile boolean writing;
  private volatile boolean timedOut;
  private volatile boolean stopped;
  private volatile boolean stopWanted;
  private volatile boolean busy;

  Watch(Socket socket) {
    this.socket = socket;
    begin(WRITE_PATIENCE);
  }

  void begin(Duration wait) {
    patience = wait;
    waitFor(wait);
  }

  void takesWithin(Duration wait) {
    writePatience = wait;
  }

  void beginWrite() {
    waitFor(writePatience);
    writing = true;
  }

  /** The wait for the peer's next word begins when it has ours. */
  void endWrite() {
    writing = false;
    waitFor(patience);
  }

  /** From here on so long in all, whoever is waiting for whom; what is said half is not ended politely. */
  void beginHandshake(Duration wait) {
    begin(wait);
    writing = true;
  }

  void endHandshake() {
    writing = false;
  }

  private void waitFor(Duration wait) {
    deadline = System.nanoTime() + wait.toNanos();
  }

  boolean isOver() {
    return timedOut || stopped;
  }

  /** Ends the wait if its time is over; {@code now} is {@link System#nanoTime}. */
  void check(long now) {
    boolean amidWrite = writing; // read first: a write moves the deadline before it begins
    if (now - deadline > 0
        && (!timedOut || amidWrite)) { // even last words may find nobody taking them
      timedOut = true;
      end(amidWrite);
    }
  }

  /** Ends the reading of this wire, since the server stops; what was said last can still be answered. */
  public void stop() {
    stopped = true;
    end(writing);
  }

  /** Ends the reading of this wire as soon as it is not busy. */
  void stopWhenIdle() {
    stopWanted = true;
    if (!busy) {
      stopReading();
    }
  }

  /** Says whether the conversation is in the middle of something that it should be let finish. */
  public void busy(boolean now) {
    busy = now;
    if (!now && stopWanted && !stopped) {
      stopReading();
    }
  }

  /** Lets an answer that is just being written reach the peer. */
  private void stopReading() {
    stopped = true;
    shutdownInput();
  }

  WireFailure endOfInput() {
    if (timedOut) {
      return new WireFailure(WireFailure.Kind.TIMED_OUT);
    }
    return new WireFailure(stopped ? WireFailure.Kind.STOPPED : WireFailure.Kind.LOST);
  }

  /** Why it failed: because we ended it, or because of this. */
  WireFailure failure(IOException e) {
    return isOver() ? endOfInput() : new WireFailure(e);
  }

  private void end(boolean amidWrite) {
    if (amidWrite) {
      drop();
    } else {
      shutdownInput();
    }
  }

  /** Closes the socket, whatever anybody does with it. */
  void drop() {
    try {
      socket.close(); // a peer that takes nothing cannot be told anything either
    } catch (IOException e) {
      // It is closed already, which is what was wanted.
    }
  }

  private void shutdownInput() {
    try {
      socket.shutdownInput();
    } catch (IOException e) {
      // It is closed already, which is what was wanted.
    }
  }
}
