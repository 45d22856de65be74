package me.ehlo.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import me.ehlo.lines.LineDecoder;

/** A door: accepts connections and gives each a virtual thread, keeps the time for all of them, and can be closed. */
public final class Listener {
  private static final int BACKLOG = 4096;
  private static final Duration AFTER_ACCEPT_FAILED = Duration.ofMillis(50);

  /** A conversation to be held on a wire, from its first word to its last. */
  @FunctionalInterface
  public interface Conversation {

    /** Holds the conversation and returns when it is over; the wire is closed by the caller. */
    void hold(Wire wire);
  }

  private final ServerSocket door;
  private final Supplier<LineDecoder> lines;
  private final Conversation conversation;
  private final Conversation refusal;
  private final Semaphore places;
  private final Timekeeper open;
  private final ThreadFactory threads;
  private volatile boolean stopping;

  /**
   * Opens the door and begins to accept.
   *
   * @param places for one conversation each; doors may share them
   * @param refusal what is said to those who come when no place is free
   * @throws IOException if the address cannot be listened on
   */
  public Listener(
      String name,
      InetSocketAddress address,
      Supplier<LineDecoder> lines,
      Semaphore places,
      Conversation conversation,
      Conversation refusal)
      throws IOException {
    this(name, bound(address), lines, places, conversation, refusal);
  }

  /**
   * Begins to accept at a door that is open.
   *
   * @param places for one conversation each; doors may share them
   * @param refusal what is said to those who come when no place is free
   */
  public Listener(
      String name,
      ServerSocket door,
      Supplier<LineDecoder> lines,
      Semaphore places,
      Conversation conversation,
      Conversation refusal) {
    this.door = door;
    this.lines = lines;
    this.conversation = conversation;
    this.refusal = refusal;
    this.places = places;
    this.threads = Thread.ofVirtual().name(name + "-", 0).factory();
    this.open = new Timekeeper(name);
    Thread.ofPlatform().daemon().name(name + "-accept").start(this::accept);
  }

  private static ServerSocket bound(InetSocketAddress address) throws IOException {
    ServerSocket door = new ServerSocket();
    door.setReuseAddress(true);
    door.bind(address, BACKLOG);
    return door;
  }

  /** Where it really listens: the port is the system's choice if 0 was asked for. */
  public InetSocketAddress address() {
    return (InetSocketAddress) door.getLocalSocketAddress();
  }

  /** How many connections are open. */
  public int connections() {
    return open.size();
  }

  /** Closes the door: no new conversations; those under way hear that we stop, in the middle of a mail behind it. */
  public void close() {
    stopping = true;
    closeQuietly(door);
    open.close();
    open.forEach(Watch::stopWhenIdle);
  }

  /** Waits for the last conversation to end, at most this long; then ends those that remain. */
  public void awaitEnd(Duration patience) {
    open.awaitEnd(patience);
  }

  private void accept() {
    while (!stopping) {
      try {
        Socket socket = door.accept();
        threads.newThread(() -> hold(socket)).start();
      } catch (IOException e) {
        LockSupport.parkNanos(AFTER_ACCEPT_FAILED.toNanos()); // out of descriptors, or closed by us
      }
    }
  }

  private void hold(Socket socket) {
    try {
      socket.setTcpNoDelay(true);
      Wire wire = new Wire(socket, lines.get());
      boolean room = places.tryAcquire();
      open.add(wire);
      try (wire) {
        if (!stopping) { // else nobody would tell it so, or wait for its end
          (room ? conversation : refusal).hold(wire);
        }
      } finally {
        open.remove(wire);
        places.release(room ? 1 : 0);
      }
    } catch (IOException e) {
      closeQuietly(socket); // gone before the first word
    }
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is as closed as it can be.
    }
  }
}
