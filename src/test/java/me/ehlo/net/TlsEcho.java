package me.ehlo.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import me.ehlo.lines.Line;
import me.ehlo.lines.LineDecoder;
import me.ehlo.sasl.Channel;

/** Two doors that repeat what is said, one encrypted from the start and one on request, and how to come to them. */
final class TlsEcho implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  static final Authority AUTHORITY = new Authority();
  private static final SSLContext SHOWN = AUTHORITY.showing(AUTHORITY.issue("mx.test"));

  final List<String> ends = new CopyOnWriteArrayList<>();
  final List<Channel> channels = new CopyOnWriteArrayList<>();
  volatile Duration patience = Duration.ofMinutes(1);
  volatile Duration handshakePatience = Duration.ofMinutes(1);
  private final TlsServer tls = new TlsServer(() -> SHOWN);
  final Listener clear = open(this::inTheClear);
  final Listener encrypted = open(this::encrypted);

  @Override
  public void close() {
    for (Listener door : List.of(clear, encrypted)) {
      door.close();
      door.awaitEnd(Duration.ofSeconds(5));
      assertThat(door.connections()).isZero();
    }
  }

  /** How a client begins. */
  static byte[] hello() throws IOException {
    try (Hello hello = new Hello()) {
      SSLSocket client = layered(AUTHORITY.trusting(), hello);
      assertThatThrownBy(client::startHandshake).isInstanceOf(IOException.class);
      return hello.said();
    }
  }

  /** Waits until all conversations have ended, so. */
  void awaitEnds(String... kinds) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(ends).containsExactly(kinds));
  }

  private static Listener open(Listener.Conversation conversation) {
    try {
      return new Listener(
          "echo",
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          () -> new LineDecoder(1000, false),
          new Semaphore(2000),
          conversation,
          wire -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void encrypted(Wire wire) {
    try {
      channels.add(wire.encryptFromTheStart(tls, handshakePatience));
      echo(wire);
    } catch (WireFailure e) {
      part(wire, e);
    }
  }

  private void inTheClear(Wire wire) {
    try {
      echo(wire);
    } catch (WireFailure e) {
      part(wire, e);
    }
  }

  private void part(Wire wire, WireFailure failure) {
    try {
      say(wire, "bye " + failure.kind());
      wire.flush();
    } catch (WireFailure e) {
      // It is gone, and needs no last word.
    }
    ends.add(failure.kind().name());
  }

  private void echo(Wire wire) throws WireFailure {
    while (wire.readLine(patience) instanceof Line.Text(var text)) {
      switch (text) {
        case "STARTTLS" -> {
          if (wire.holdsMore()) {
            say(wire, "more");
            return;
          }
          say(wire, "go");
          wire.encrypt(tls, handshakePatience).ifPresent(channels::add);
        }
        case "MORE?" -> say(wire, String.valueOf(wire.hasMore()));
        case "QUIT" -> {
          say(wire, "really");
          return;
        }
        default -> say(wire, text);
      }
    }
  }

  private static void say(Wire wire, String text) throws WireFailure {
    wire.write((text + "\r\n").getBytes(US_ASCII));
  }

  static Socket connect(Listener door) throws IOException {
    Socket client = new Socket(door.address().getAddress(), door.address().getPort());
    client.setSoTimeout(PATIENCE_MILLIS);
    client.setTcpNoDelay(true);
    return client;
  }

  static SSLSocket shakeHands(Socket socket, String version) throws IOException {
    return shakeHands(AUTHORITY.trusting(), socket, version);
  }

  static SSLSocket shakeHands(SSLContext context, Socket socket, String version)
      throws IOException {
    SSLSocket client = layered(context, socket);
    client.setEnabledProtocols(new String[] {version});
    client.startHandshake();
    return client;
  }

  static SSLSocket layered(SSLContext context, Socket socket) throws IOException {
    return (SSLSocket) context.getSocketFactory().createSocket(socket, "mx.test", 25, true);
  }

  static String binding(SSLSocket client) throws IOException {
    byte[] secret =
        ((ExtendedSSLSession) client.getSession())
            .exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], 32);
    return HexFormat.of().formatHex(secret);
  }

  static String ask(Socket client, String said, int octets) throws IOException {
    client.getOutputStream().write(said.getBytes(US_ASCII));
    return new String(Arrays.copyOf(client.getInputStream().readNBytes(octets), octets), US_ASCII);
  }

  static String rest(Socket client) throws IOException {
    return new String(client.getInputStream().readAllBytes(), US_ASCII);
  }
}
