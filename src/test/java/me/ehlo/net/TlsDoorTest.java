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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import me.ehlo.lines.Line;
import me.ehlo.lines.LineDecoder;
import me.ehlo.sasl.Channel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations that are encrypted from the start or on request, and how they end, on both versions of TLS. */
class TlsDoorTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final Authority AUTHORITY = new Authority();
  private static final SSLContext SHOWN = AUTHORITY.showing(AUTHORITY.issue("mx.test"));
  private static final String STARTTLS = "STARTTLS\r\n";

  private final List<String> ends = new CopyOnWriteArrayList<>();
  private final List<Channel> channels = new CopyOnWriteArrayList<>();
  private volatile Duration patience = Duration.ofMinutes(1);
  private volatile Duration handshakePatience = Duration.ofMinutes(1);
  private final TlsServer tls = new TlsServer(() -> SHOWN);
  private final Listener clear = open(this::inTheClear);
  private final Listener encrypted = open(this::encrypted);

  @AfterEach
  void close() {
    for (Listener door : List.of(clear, encrypted)) {
      door.close();
      door.awaitEnd(Duration.ofSeconds(5));
      assertThat(door.connections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bothSidesAgreeOnTheChannel(String version) throws IOException {
    try (SSLSocket client = shakeHands(connect(encrypted), version)) {
      assertThat(ask(client, "one\r\ntwo\r\n", 10)).isEqualTo("one\r\ntwo\r\n");
      assertThat(channels)
          .containsExactly(
              new Channel(
                  version, client.getSession().getCipherSuite(), Optional.of(binding(client))));
    }
    awaitEnds("LOST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aSessionThatIsResumedHasABindingOfItsOwn(String version) throws IOException {
    SSLContext context = AUTHORITY.trusting();
    for (int i = 0; i < 3; i++) {
      try (SSLSocket client = shakeHands(context, connect(encrypted), version)) {
        assertThat(ask(client, "one\r\n", 5)).isEqualTo("one\r\n");
        assertThat(channels.getLast().binding()).contains(binding(client));
      }
    }
    assertThat(channels).doesNotHaveDuplicates();
  }

  @Test
  void onRequestAfterWordsInTheClear() throws IOException {
    Socket socket = connect(clear);
    assertThat(ask(socket, "one\r\n", 5)).isEqualTo("one\r\n");
    assertThat(ask(socket, STARTTLS, 4)).isEqualTo("go\r\n");
    try (SSLSocket client = shakeHands(socket, "TLSv1.3")) {
      assertThat(ask(client, "two\r\n", 5)).isEqualTo("two\r\n");
    }
    awaitEnds("LOST");
  }

  @Test
  void whatIsSaidBehindTheRequestEndsTheConversation() throws IOException {
    byte[] said = (STARTTLS + "MAIL FROM:<evil@example.org>\r\n").getBytes(US_ASCII);
    for (int cut = STARTTLS.length(); cut < said.length; cut++) {
      try (Socket client = connect(clear)) {
        client.getOutputStream().write(said, 0, cut);
        client.getOutputStream().write(said, cut, said.length - cut);
        String heard = rest(client);
        // In one piece it is seen at once; what comes later is no handshake.
        assertThat(heard).isIn("more\r\n", "go\r\n", "go\r\n" + alert());
      }
    }
    assertThat(channels).isEmpty();
  }

  /** RFC 3207 §6: not even the first octet of a handshake may come before it is our turn. */
  @Test
  void aHandshakeThatComesWithTheRequestIsTooEarly() throws IOException {
    try (Socket client = connect(clear)) {
      client.getOutputStream().write((STARTTLS + "\u0016\u0003\u0001").getBytes(US_ASCII));
      assertThat(rest(client)).isEqualTo("more\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void anOctetAtATime(String version) throws IOException {
    try (Socket near = connect(encrypted);
        SSLSocket client = shakeHands(new Trickle(near), version)) {
      assertThat(ask(client, "one\r\n", 5)).isEqualTo("one\r\n");
    }
    awaitEnds("LOST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void muchAtOnceAndBack(String version) throws Exception {
    byte[] line = "x".repeat(900).concat("\r\n").getBytes(US_ASCII);
    byte[] said = new byte[line.length * 1000];
    for (int i = 0; i < 1000; i++) {
      System.arraycopy(line, 0, said, i * line.length, line.length);
    }
    try (SSLSocket client = shakeHands(connect(encrypted), version)) {
      Thread speaker =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  client.getOutputStream().write(said);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      assertThat(client.getInputStream().readNBytes(said.length)).isEqualTo(said);
      speaker.join();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void silenceIsEndedWithALastWord(String version) throws IOException {
    patience = Duration.ofMillis(300);
    try (SSLSocket client = shakeHands(connect(encrypted), version)) {
      assertThat(rest(client)).isEqualTo("bye TIMED_OUT\r\n");
    }
    awaitEnds("TIMED_OUT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void stoppingIsSaidToThoseWhoWait(String version) throws IOException {
    try (SSLSocket client = shakeHands(connect(encrypted), version)) {
      assertThat(ask(client, "one\r\n", 5)).isEqualTo("one\r\n");
      encrypted.close();
      assertThat(rest(client)).isEqualTo("bye STOPPED\r\n");
    }
    awaitEnds("STOPPED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void goodbyeIsSaidInOrder(String version) throws IOException {
    try (SSLSocket client = shakeHands(connect(encrypted), version)) {
      assertThat(ask(client, "QUIT\r\nmuch more\r\n", 8)).isEqualTo("really\r\n");
      assertThat(client.getInputStream().read()).isEqualTo(-1); // and no complaint of truncation
    }
  }

  @Test
  void whoGoesWithoutAWordIsGone() throws IOException {
    Socket socket = connect(encrypted);
    shakeHands(socket, "TLSv1.3");
    socket.shutdownOutput();
    awaitEnds("LOST");
    socket.close();
  }

  @Test
  void theHandshakeHasItsTimeInAll() throws IOException {
    handshakePatience = Duration.ofMillis(500);
    try (Socket client = connect(encrypted)) {
      byte[] hello = hello();
      long begun = System.nanoTime();
      int said = 0;
      while (ends.isEmpty() && System.nanoTime() - begun < Duration.ofSeconds(20).toNanos()) {
        int next = said++;
        await().pollDelay(Duration.ofMillis(40)).until(() -> true);
        try {
          client.getOutputStream().write(hello, next % hello.length, 1);
        } catch (IOException e) {
          break; // it was cut off, as it should be
        }
        assertThat(next)
            .as("octets of a hello that nobody should have waited for")
            .isLessThan(hello.length - 1);
      }
      awaitEnds("TIMED_OUT");
    }
  }

  @Test
  void aHandshakeThatIsLeftHalfWayEnds() throws IOException {
    handshakePatience = Duration.ofMillis(500);
    try (Socket client = connect(encrypted)) {
      client.getOutputStream().write(hello());
      awaitEnds("TIMED_OUT");
    }
  }

  @Test
  void stoppingEndsHandshakes() throws IOException {
    try (Socket client = connect(encrypted);
        Socket other = connect(encrypted)) {
      client.getOutputStream().write(hello());
      assertThat(client.getInputStream().read()).isEqualTo(22);
      await().until(() -> encrypted.connections() == 2);
      encrypted.close();
      awaitEnds("STOPPED", "STOPPED");
      assertThat(rest(other)).as("nothing in the clear").isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EHLO client.example\r\n",
        "GET / HTTP/1.1\r\nHost: mx\r\n\r\n",
        "\u0000\u0000\u0000\u0000\u0000\u0000"
      })
  void wordsInTheClearAreNoHandshake(String said) throws IOException {
    try (Socket client = connect(encrypted)) {
      client.getOutputStream().write(said.getBytes(US_ASCII));
      assertThat(rest(client)).as("nothing in the clear").isEmpty();
    }
    awaitEnds("LOST");
  }

  /** The answer to one who talks too early can come in the same segment as the end of the handshake. */
  @Test
  void earlyTalkIsSeenThroughTls() throws IOException {
    try (SSLSocket client = shakeHands(connect(encrypted), "TLSv1.3")) {
      assertThat(ask(client, "MORE?\r\nyes\r\n", 6)).isEqualTo("true\r\n");
      assertThat(ask(client, "", 5)).isEqualTo("yes\r\n");
      assertThat(ask(client, "MORE?\r\n", 7)).isEqualTo("false\r\n");
      client.getOutputStream().write("MORE?\r\n".getBytes(US_ASCII));
      client.getOutputStream().write("a record of its own\r\n".getBytes(US_ASCII));
      assertThat(ask(client, "", 2)).isIn("tr", "fa");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1", "TLSv1.1"})
  void oldVersionsAreRefused(String version) throws IOException {
    try (Socket socket = connect(encrypted)) {
      byte[] hello = hello();
      hello[9] = 3;
      hello[10] = (byte) (version.equals("TLSv1") ? 1 : 2);
      socket.getOutputStream().write(hello);
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(answer).as("an alert, protocol_version").endsWith(2, 70);
    }
    awaitEnds("LOST");
  }

  @Test
  void weakCiphersAreRefused() {
    for (String suite :
        List.of(
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA")) {
      assertThatThrownBy(
              () -> {
                try (SSLSocket client = layered(AUTHORITY.trusting(), connect(encrypted))) {
                  client.setEnabledProtocols(new String[] {"TLSv1.2"});
                  client.setEnabledCipherSuites(new String[] {suite});
                  client.startHandshake();
                }
              })
          .as(suite)
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void thereIsNoRenegotiation() throws IOException {
    try (SSLSocket client = shakeHands(connect(encrypted), "TLSv1.2")) {
      assertThat(ask(client, "one\r\n", 5)).isEqualTo("one\r\n");
      client.startHandshake();
      assertThatThrownBy(() -> ask(client, "two\r\n", 5)).isInstanceOf(IOException.class);
    }
    awaitEnds("LOST");
  }

  @Test
  void weChooseTheCipher() throws IOException {
    try (SSLSocket client = layered(AUTHORITY.trusting(), connect(encrypted))) {
      SSLParameters parameters = client.getSSLParameters();
      parameters.setCipherSuites(
          new String[] {
            "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_256_GCM_SHA384"
          });
      client.setSSLParameters(parameters);
      client.startHandshake();
      assertThat(client.getSession().getCipherSuite()).isEqualTo("TLS_AES_256_GCM_SHA384");
    }
  }

  @Test
  void aThousandHalfOpenHandshakesDisturbNobody() throws IOException {
    Socket[] half = new Socket[1000];
    try {
      byte[] hello = hello();
      for (int i = 0; i < half.length; i++) {
        half[i] = connect(encrypted);
        half[i].getOutputStream().write(hello, 0, i % 2 == 0 ? hello.length : hello.length / 2);
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> encrypted.connections() == half.length);
      for (int i = 0; i < 10; i++) {
        try (SSLSocket client = shakeHands(connect(encrypted), "TLSv1.3")) {
          assertThat(ask(client, "one\r\n", 5)).isEqualTo("one\r\n");
        }
      }
    } finally {
      for (Socket socket : half) {
        if (socket != null) {
          socket.close();
        }
      }
    }
  }

  private static byte[] hello() throws IOException {
    try (Hello hello = new Hello()) {
      SSLSocket client = layered(AUTHORITY.trusting(), hello);
      assertThatThrownBy(client::startHandshake).isInstanceOf(IOException.class);
      return hello.said();
    }
  }

  private static String alert() {
    return new String(new byte[] {21, 3, 3, 0, 2, 2, 80}, US_ASCII);
  }

  private void awaitEnds(String... kinds) {
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
          2000,
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

  private static Socket connect(Listener door) throws IOException {
    Socket client = new Socket(door.address().getAddress(), door.address().getPort());
    client.setSoTimeout(PATIENCE_MILLIS);
    client.setTcpNoDelay(true);
    return client;
  }

  private static SSLSocket shakeHands(Socket socket, String version) throws IOException {
    return shakeHands(AUTHORITY.trusting(), socket, version);
  }

  private static SSLSocket shakeHands(SSLContext context, Socket socket, String version)
      throws IOException {
    SSLSocket client = layered(context, socket);
    client.setEnabledProtocols(new String[] {version});
    client.startHandshake();
    return client;
  }

  private static SSLSocket layered(SSLContext context, Socket socket) throws IOException {
    return (SSLSocket) context.getSocketFactory().createSocket(socket, "mx.test", 25, true);
  }

  private static String binding(SSLSocket client) throws IOException {
    byte[] secret =
        ((ExtendedSSLSession) client.getSession())
            .exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], 32);
    StringBuilder hex = new StringBuilder();
    for (byte octet : secret) {
      hex.append(String.format("%02x", octet));
    }
    return hex.toString();
  }

  private static String ask(Socket client, String said, int octets) throws IOException {
    client.getOutputStream().write(said.getBytes(US_ASCII));
    return new String(Arrays.copyOf(client.getInputStream().readNBytes(octets), octets), US_ASCII);
  }

  private static String rest(Socket client) throws IOException {
    return new String(client.getInputStream().readAllBytes(), US_ASCII);
  }
}
