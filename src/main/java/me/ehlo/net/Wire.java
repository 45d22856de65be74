package me.ehlo.net;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import me.ehlo.lines.Line;
import me.ehlo.lines.LineDecoder;
import me.ehlo.lines.OctetSink;
import me.ehlo.sasl.Channel;

/**
 * A connection to a client or a server, for one virtual thread that reads and writes in turn.
 *
 * <p>Pipelining lives in one rule: {@link #write} buffers, and whoever is about to wait for the peer flushes first, so
 * that a batch of commands gets its replies in one piece (RFC 2920 §3.2).
 *
 * <p>Patience is kept from outside: before it waits, the thread writes down until when, and {@link Watch} ends the wait
 * of those whose time is over by shutting the reading side. A timer for every read would cost more than the read.
 */
public final class Wire implements Closeable {
  private static final int SMALL_BUFFER = 1024; // ten thousand idle connections have one each
  private static final int LARGE_BUFFER = 32 * 1024;
  private static final int WRITE_THROUGH = 64 * 1024;
  private static final int LINGER_OCTETS_MAX = 256 * 1024;
  private static final Duration LINGER = Duration.ofSeconds(2);
  private static final Duration REST = Duration.ofDays(365); // a person may think before typing

  private final Socket socket;
  private InputStream in;
  private OutputStream out;
  private Goodbye goodbye = () -> {};
  private final LineDecoder lines;
  private final Watch watch;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream(SMALL_BUFFER / 4);
  private InetAddress peer;
  private byte[] buffer = {};
  private int position;
  private int limit;

  Wire(Socket socket, LineDecoder lines) throws IOException {
    this.socket = socket;
    this.peer = socket.getInetAddress();
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
    this.lines = lines;
    this.watch = new Watch(socket);
  }

  /** The peer's address as text, without a zone. */
  public String peer() {
    return text(peer);
  }

  /** The peer's address: the other end of the connection, or whoever a proxy there has named. */
  public InetAddress peerAddress() {
    return peer;
  }

  /** Whether the peer is on this machine. */
  public boolean peerIsLoopback() {
    return peer.isLoopbackAddress();
  }

  /** The operating system's name of the user at the other end; empty where the connection came over a network. */
  public Optional<String> peerUser() throws IOException {
    return socket instanceof LocalSocket local ? Optional.of(local.peerUser()) : Optional.empty();
  }

  /** The peer is who the proxy at the other end has said: from here on nothing is left that shows the proxy. */
  public void peerIs(InetAddress named) {
    peer = named;
  }

  /** Reads the header of a proxy, which comes before everything else, and not one octet more. */
  public ProxyHeader readProxyHeader(Duration patience) throws WireFailure {
    watch.begin(patience);
    try {
      return new ProxyDecoder().read(in).orElseThrow(watch::endOfInput);
    } catch (IOException e) {
      throw watch.failure(e);
    }
  }

  /** The next command line, waiting for it as long as the patience lasts. */
  public Line readLine(Duration patience) throws WireFailure {
    watch.begin(patience);
    while (true) {
      position = lines.decode(buffer, position, limit);
      if (lines.ended()) {
        return lines.take();
      }
      fill(SMALL_BUFFER);
    }
  }

  /** Gives the sink what has come of a mail's content, at least one octet and at most {@code most}; returns how many. */
  public <F extends Exception> int readContent(long most, Duration patience, OctetSink<F> sink)
      throws WireFailure, F {
    await(patience);
    int length = (int) Math.min(most, limit - position);
    int start = position;
    position += length;
    sink.accept(buffer, start, length);
    return length;
  }

  /** Takes content up to the octet at which the cutter says it ends. */
  public <F extends Exception> void readContent(Duration patience, Cutter<F> cutter)
      throws WireFailure, F {
    await(patience);
    position = cutter.cut(buffer, position, limit);
  }

  /** Takes octets until {@code ended} says so, waiting for them as long as the patience lasts, in all. */
  public <F extends Exception> void readUntil(
      BooleanSupplier ended, Duration patience, Cutter<F> cutter) throws WireFailure, F {
    watch.begin(patience);
    while (true) {
      position = cutter.cut(buffer, position, limit);
      if (ended.getAsBoolean()) {
        return;
      }
      fill(SMALL_BUFFER);
    }
  }

  /** How long the peer may take nothing of what we write. */
  public void takesWithin(Duration patience) {
    watch.takesWithin(patience);
  }

  /** Whether octets have come that nobody has taken; asks the system for none. */
  public boolean holdsMore() {
    return position < limit;
  }

  /**
   * Encrypts the connection from here on.
   *
   * @param verify whether only a certificate will do that we trust and that has this name; else it is for the caller to judge
   * @return empty, if the peer has said something in the clear that nobody asked for
   * @throws WireFailure if the handshake fails; the connection is then good for nothing
   */
  public Optional<Secured> encrypt(TlsClient tls, String name, boolean verify, Duration patience)
      throws WireFailure {
    flush();
    try {
      if (holdsMore() || in.available() > 0) {
        return Optional.empty();
      }
    } catch (IOException e) {
      throw watch.failure(e);
    }
    Handshake handshake = () -> tls.encrypt(in, out, name, socket.getPort(), verify);
    return Optional.of(Secured.by(shakeHands(handshake, patience).session()));
  }

  /**
   * Encrypts the connection from here on, as its server, because the client has asked for it.
   *
   * @param patience for the whole handshake
   * @return what it runs over now; empty if the client has said more in the clear, which nobody can trust (RFC 3207 §6)
   * @throws WireFailure if the handshake fails; nothing can then be said on this wire any more
   */
  public Optional<Channel> encrypt(TlsServer tls, Duration patience) throws WireFailure {
    if (holdsMore() || !lines.atRest()) { // nothing said before may change how the rest is read
      return Optional.empty();
    }
    return Optional.of(encryptFromTheStart(tls, patience));
  }

  /**
   * Encrypts the connection from here on, as its server; what has come already is the beginning of the handshake.
   *
   * @param patience for the whole handshake
   * @return what it runs over now
   * @throws WireFailure if the handshake fails; nothing can then be said on this wire any more
   */
  public Channel encryptFromTheStart(TlsServer tls, Duration patience) throws WireFailure {
    flush();
    byte[] early = Arrays.copyOfRange(buffer, position, limit);
    position = limit;
    return Secured.channel(shakeHands(() -> tls.encrypt(in, out, early), patience).session());
  }

  /** What is said at the very end. */
  @FunctionalInterface
  private interface Goodbye {
    void say() throws IOException;
  }

  /** A handshake, with all it takes. */
  @FunctionalInterface
  private interface Handshake {
    TlsStream shake() throws IOException;
  }

  private TlsStream shakeHands(Handshake handshake, Duration patience) throws WireFailure {
    watch.beginHandshake(patience);
    try {
      TlsStream stream = handshake.shake();
      in = stream.input();
      out = stream.output();
      goodbye = stream::sayGoodbye;
      return stream;
    } catch (IOException e) {
      out = OutputStream.nullOutputStream(); // neither in the clear nor half encrypted
      throw watch.failure(e);
    } finally {
      watch.endHandshake();
    }
  }

  /** Takes octets up to an end that it knows; returns the index behind the last one taken. */
  @FunctionalInterface
  public interface Cutter<F extends Exception> {
    int cut(byte[] octets, int start, int end) throws F;
  }

  /** Whether the peer has said more than has been read, telnet's own negotiation apart. */
  public boolean hasMore() throws WireFailure {
    try {
      if (position == limit && in.available() > 0) {
        fill(SMALL_BUFFER);
      }
      position = lines.skipNegotiation(buffer, position, limit);
      return position < limit;
    } catch (IOException e) {
      throw watch.failure(e);
    }
  }

  /** Whether the peer says something within this time, before it should. */
  public boolean talksWithin(Duration pause) throws WireFailure {
    long end = System.nanoTime() + pause.toNanos();
    while (!hasMore()) {
      if (System.nanoTime() >= end) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    return true;
  }

  /**
   * Whether octets have come that nobody has taken, after waiting for them at most this long.
   *
   * @throws WireFailure also if the peer has closed the connection, which a mere look does not show
   */
  public boolean hears(Duration brief) throws WireFailure {
    if (position < limit) {
      return true;
    }
    watch.begin(REST);
    try {
      socket.setSoTimeout((int) Math.max(1, brief.toMillis()));
      try {
        fill(SMALL_BUFFER);
      } finally {
        socket.setSoTimeout(0); // otherwise patience is kept from outside
      }
      return true;
    } catch (WireFailure e) {
      if (e.getCause() instanceof SocketTimeoutException) {
        return false;
      }
      throw e;
    } catch (SocketException e) {
      throw watch.failure(e);
    }
  }

  /** Our own end of the connection. */
  public InetSocketAddress here() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** Buffers octets for the peer. */
  public void write(byte[] octets) throws WireFailure {
    write(octets, 0, octets.length);
  }

  /** Buffers octets for the peer; much of it at once goes out at once. */
  public void write(byte[] octets, int offset, int length) throws WireFailure {
    pending.write(octets, offset, length);
    if (pending.size() >= WRITE_THROUGH) {
      flush();
    }
  }

  /** Sends what is buffered. */
  public void flush() throws WireFailure {
    if (pending.size() == 0) {
      return;
    }
    try {
      watch.beginWrite();
      pending.writeTo(out);
      pending.reset();
    } catch (IOException e) {
      throw watch.failure(e);
    } finally {
      watch.endWrite();
    }
  }

  /** What others may do to this wire. */
  public Watch watch() {
    return watch;
  }

  /**
   * Closes in order: what was written last reaches the peer even if it is still sending, since what it sends is read and
   * thrown away for a moment (closing with unread octets would reset the connection).
   */
  @Override
  public void close() {
    try (Closeable _ = socket) {
      flush();
      sayGoodbye();
      socket.shutdownOutput();
      watch.begin(LINGER);
      InputStream rest = socket.getInputStream(); // encrypted or not: nobody reads it
      byte[] thrownAway = new byte[SMALL_BUFFER];
      int most = LINGER_OCTETS_MAX;
      int read = rest.read(thrownAway);
      while (read > 0 && most > 0 && !watch.isOver()) {
        most -= read;
        read = rest.read(thrownAway);
      }
    } catch (IOException | WireFailure e) {
      // The peer is gone already; there is nobody to say goodbye to.
    }
  }

  private void sayGoodbye() throws IOException {
    watch.beginWrite();
    try {
      goodbye.say();
    } finally {
      watch.endWrite();
    }
  }

  /** Closes at once; nothing more is said or heard. */
  void drop() {
    watch.drop();
  }

  private void await(Duration patience) throws WireFailure {
    if (!patience.isPositive()) {
      throw new WireFailure(WireFailure.Kind.TIMED_OUT); // who never pauses is late as well
    }
    if (position == limit) {
      watch.begin(patience);
      fill(LARGE_BUFFER);
    }
  }

  private void fill(int size) throws WireFailure {
    flush();
    if (buffer.length < size) {
      buffer = new byte[size];
    }
    position = 0;
    limit = 0;
    try {
      int read = in.read(buffer);
      if (read < 0) {
        throw watch.endOfInput();
      }
      limit = read;
    } catch (IOException e) {
      throw watch.failure(e);
    }
  }

  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
