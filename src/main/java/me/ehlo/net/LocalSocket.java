package me.ehlo.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;

/**
 * A connection within this machine, through a socket in the file system.
 *
 * <p>Java has such connections as channels only. This one has the face of every other socket, so that a wire runs over it,
 * with the patience and the limits of a wire; its address is the machine's own.
 */
public final class LocalSocket extends Socket {
  private static final long PAUSE = Duration.ofMillis(20).toNanos();

  private final SocketChannel channel;
  private volatile int patienceMillis;

  LocalSocket(SocketChannel channel) throws IOException {
    super((SocketImpl) null);
    this.channel = channel;
  }

  /** Connects with the server that listens at this path. */
  public static LocalSocket to(Path socket) throws IOException {
    try (SocketPath path = SocketPath.to(socket)) {
      return new LocalSocket(SocketChannel.open(path.address()));
    }
  }

  /**
   * The same, within this time.
   *
   * @throws SocketTimeoutException if so many wait for the server that there was no room to wait with them
   */
  static LocalSocket to(Path socket, Duration patience) throws IOException {
    long since = System.nanoTime();
    try (SocketPath path = SocketPath.to(socket)) {
      Optional<LocalSocket> connected = tryOnce(path);
      while (connected.isEmpty()) {
        if (System.nanoTime() - since > patience.toNanos()) {
          throw new SocketTimeoutException("the server takes nobody");
        }
        LockSupport.parkNanos(PAUSE);
        connected = tryOnce(path);
      }
      return connected.get();
    }
  }

  /** Empty: there is no room just now. */
  private static Optional<LocalSocket> tryOnce(SocketPath path) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.configureBlocking(false); // else it would wait for ever
      boolean connected = channel.connect(path.address());
      channel.configureBlocking(true);
      if (connected) {
        return Optional.of(new LocalSocket(channel));
      }
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      channel.close();
      if (String.valueOf(e.getMessage()).contains("temporarily")) { // EAGAIN, unix(7)
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The name of the user at the other end, or the number of one without a name; the operating system vouches for it. */
  String peerUser() throws IOException {
    return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
  }

  @Override
  public InputStream getInputStream() {
    return new Incoming(Channels.newInputStream(channel));
  }

  @Override
  public OutputStream getOutputStream() {
    return Channels.newOutputStream(channel);
  }

  @Override
  public InetAddress getInetAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return new InetSocketAddress(getInetAddress(), 0);
  }

  @Override
  public void setSoTimeout(int millis) {
    patienceMillis = millis;
  }

  /** Nothing is held back here. */
  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public void shutdownInput() throws IOException {
    channel.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** What comes; a channel has no patience of its own, so it is looked whether something is there before it is read. */
  private final class Incoming extends InputStream {
    private final InputStream octets;

    Incoming(InputStream octets) {
      this.octets = octets;
    }

    @Override
    public int read() throws IOException {
      await(patienceMillis);
      return octets.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      await(patienceMillis);
      return octets.read(into, offset, length);
    }

    private void await(int millis) throws IOException {
      if (millis == 0) {
        return;
      }
      try (Selector selector = channel.provider().openSelector()) {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        if (selector.select(millis) == 0) {
          throw new SocketTimeoutException("nothing has come");
        }
      } finally {
        channel.configureBlocking(true);
      }
    }
  }
}
