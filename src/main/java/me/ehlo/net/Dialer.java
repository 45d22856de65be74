package me.ehlo.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import me.ehlo.lines.LineDecoder;

/** Makes connections to servers, and keeps the time for all of them. */
public final class Dialer {
  private static final int LINE_OCTETS = 512; // of no matter: what servers say is cut by others

  private final Timekeeper timekeeper;
  private final Optional<InetAddress> from;

  public Dialer(String name) {
    this(name, Optional.empty());
  }

  /**
   * @param from our own end of each connection; empty: the system chooses
   */
  public Dialer(String name, Optional<InetAddress> from) {
    this.timekeeper = new Timekeeper(name);
    this.from = from;
  }

  /**
   * A connection to a host, or within this machine to a socket in the file system, made within this time. Give it back with
   * {@link #hangUp}.
   */
  public Wire dial(SocketAddress address, Duration patience) throws WireFailure {
    try {
      Socket socket =
          address instanceof UnixDomainSocketAddress local
              ? LocalSocket.to(local.getPath(), patience)
              : connected(address, patience);
      Wire wire = new Wire(socket, new LineDecoder(LINE_OCTETS, true));
      timekeeper.add(wire);
      return wire;
    } catch (SocketTimeoutException e) {
      throw new WireFailure(WireFailure.Kind.TIMED_OUT);
    } catch (IOException e) {
      throw new WireFailure(e);
    }
  }

  private Socket connected(SocketAddress address, Duration patience) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      if (from.isPresent()) {
        socket.bind(new InetSocketAddress(from.get(), 0));
      }
      socket.connect(address, (int) patience.toMillis());
      return socket;
    } catch (IOException e) {
      closeQuietly(socket);
      throw e;
    }
  }

  /**
   * A connection to the server that listens at this socket on this machine. Give it back with {@link #hangUp}.
   *
   * @throws IOException if none does, or this user may not go there
   */
  public Wire dial(Path socket) throws IOException {
    Wire wire = new Wire(LocalSocket.to(socket), new LineDecoder(LINE_OCTETS, true));
    timekeeper.add(wire);
    return wire;
  }

  /** Closes a wire in order. */
  public void hangUp(Wire wire) {
    wire.close();
    timekeeper.remove(wire);
  }

  /** Closes a wire at once, because there is nobody at its other end to be polite to. */
  public void drop(Wire wire) {
    wire.drop();
    timekeeper.remove(wire);
  }

  /** How many connections are open. */
  public int connections() {
    return timekeeper.size();
  }

  /** No more connections are made; those that are open get this long, then they are ended. */
  public void close(Duration patience) {
    timekeeper.close();
    timekeeper.awaitEnd(patience);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is as closed as it can be.
    }
  }
}
