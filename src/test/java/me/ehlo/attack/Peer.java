package me.ehlo.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLSocket;
import me.ehlo.relay.Tls;

/** The hostile end of a connection: says any octets in any pieces, and remembers what was said for the failing test. */
final class Peer implements Closeable {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int SHOWN_MAX = 4000;

  private final Socket socket;
  private InputStream in;
  private OutputStream out;
  private Optional<SSLSocket> encrypted = Optional.empty();
  private final StringBuilder transcript = new StringBuilder();

  Peer(InetSocketAddress address) {
    this(address, new InetSocketAddress(0));
  }

  /** A client that comes from a certain address. */
  Peer(InetSocketAddress address, InetSocketAddress from) {
    try {
      this.socket = new Socket();
      socket.bind(from);
      socket.connect(address);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      this.in = socket.getInputStream();
      this.out = socket.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says a line, or with CRLFs inside several at once. */
  Peer says(String line) {
    return sends((line + "\r\n").getBytes(UTF_8));
  }

  /** Sends these octets as one piece; characters stand for the octets of their number. */
  Peer sends(String octets) {
    return sends(octets.getBytes(ISO_8859_1));
  }

  Peer sends(byte[] octets) {
    transcript.append("C: ").append(visible(octets)).append('\n');
    try {
      out.write(octets);
      out.flush();
    } catch (IOException e) {
      transcript
          .append("   (")
          .append(e.getMessage())
          .append(")\n"); // it may have hung up on us: reading tells
    }
    return this;
  }

  /** Sends these octets, each in a segment of its own. */
  Peer trickles(byte[] octets) {
    for (byte octet : octets) {
      sends(new byte[] {octet});
    }
    return this;
  }

  /** Sends these octets again and again, with pauses between them, until a reply comes; empty when the server hangs up. */
  String tricklesUntilAnswered(byte[] octets, Duration pause) {
    Thread trickle =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (!Thread.interrupted()) {
                  out.write(octets);
                  TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                }
              } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt(); // it has hung up, or has answered
              }
            });
    try {
      return reply();
    } finally {
      trickle.interrupt();
    }
  }

  /** Shakes hands, and goes on over TLS. */
  Peer encrypts() {
    try {
      SSLSocket tls =
          (SSLSocket)
              Tls.kept().getSocketFactory().createSocket(socket, "mx.test", socket.getPort(), true);
      tls.setSoTimeout(PATIENCE_MILLIS);
      tls.startHandshake();
      in = tls.getInputStream();
      out = tls.getOutputStream();
      encrypted = Optional.of(tls);
      transcript.append("   (TLS)\n");
      return this;
    } catch (IOException e) {
      throw new AssertionError("no handshake\n" + this, e);
    }
  }

  /** What only the two ends of this TLS connection know, as this end computes it (RFC 9266 §2). */
  byte[] binding() {
    try {
      ExtendedSSLSession session = (ExtendedSSLSession) encrypted.orElseThrow().getSession();
      return session.exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], 32);
    } catch (SSLKeyException e) {
      throw new AssertionError("nothing binds to this connection\n" + this, e);
    }
  }

  /** Says that it has nothing more to say, and goes on listening. */
  Peer finishesSpeaking() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Says a line and hears a whole reply that begins so. */
  String asks(String line, String beginning) {
    says(line);
    return hears(beginning);
  }

  /** The next whole reply, which begins so. */
  String hears(String beginning) {
    String reply = reply();
    if (!reply.startsWith(beginning)) {
      throw new AssertionError("expected " + beginning + "\n" + this);
    }
    return reply;
  }

  /** The next whole reply, its lines ended by LF; empty when the server has hung up. */
  String reply() {
    StringBuilder reply = new StringBuilder();
    String line;
    do {
      line = line();
      reply.append(line).append(line.isEmpty() ? "" : "\n");
    } while (line.length() > 3 && line.charAt(3) == '-');
    return reply.toString();
  }

  /** Hears that the server has hung up, and nothing before it. */
  void hearsTheEnd() {
    String rest = rest();
    if (!rest.isEmpty()) {
      throw new AssertionError("expected the end of the connection\n" + this);
    }
  }

  /** Everything up to the end of the connection. */
  String rest() {
    StringBuilder rest = new StringBuilder();
    String line = line();
    while (!line.isEmpty()) {
      rest.append(line).append('\n');
      line = line();
    }
    return rest.toString();
  }

  /** Goes away in the middle of everything: the server gets a reset and not an end. */
  void resets() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes away in good order. */
  void hangsUp() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    hangsUp();
  }

  /** What was said. */
  @Override
  public String toString() {
    int from = Math.max(0, transcript.length() - SHOWN_MAX);
    return (from > 0 ? "...\n" : "") + transcript.substring(from);
  }

  String line() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int octet = in.read();
      while (octet >= 0 && octet != '\n') {
        line.write(octet);
        octet = in.read();
      }
    } catch (SocketException e) {
      transcript.append("   (").append(e.getMessage()).append(")\n");
    } catch (IOException e) {
      throw new AssertionError("no reply came\n" + this, e);
    }
    String said = line.toString(ISO_8859_1);
    transcript.append("S: ").append(said.isEmpty() ? "(end)" : said.strip()).append('\n');
    return said.endsWith("\r") ? said.substring(0, said.length() - 1) : said;
  }

  /** Octets as a person can read them. */
  static String visible(byte[] octets) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(octets.length, 400); i++) {
      int octet = octets[i] & 0xFF;
      switch (octet) {
        case '\r' -> text.append("\\r");
        case '\n' -> text.append("\\n");
        default -> {
          if (octet >= ' ' && octet < 0x7F) {
            text.append((char) octet);
          } else {
            text.append(String.format("\\x%02x", octet));
          }
        }
      }
    }
    return text.append(octets.length > 400 ? "... (" + octets.length + " octets)" : "").toString();
  }
}
