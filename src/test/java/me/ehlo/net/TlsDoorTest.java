package me.ehlo.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import me.ehlo.sasl.Channel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations that are encrypted from the start or on request, and how they end, on both versions of TLS. */
class TlsDoorTest {
  private static final String STARTTLS = "STARTTLS\r\n";

  private final TlsEcho doors = new TlsEcho();

  @AfterEach
  void close() {
    doors.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bothSidesAgreeOnTheChannel(String version) throws IOException {
    try (SSLSocket client = TlsEcho.shakeHands(TlsEcho.connect(doors.encrypted), version)) {
      assertThat(TlsEcho.ask(client, "one\r\ntwo\r\n", 10)).isEqualTo("one\r\ntwo\r\n");
      assertThat(doors.channels)
          .containsExactly(
              new Channel(
                  version,
                  client.getSession().getCipherSuite(),
                  Optional.of(TlsEcho.binding(client))));
    }
    doors.awaitEnds("LOST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aSessionThatIsResumedHasABindingOfItsOwn(String version) throws IOException {
    SSLContext context = TlsEcho.AUTHORITY.trusting();
    for (int i = 0; i < 3; i++) {
      try (SSLSocket client =
          TlsEcho.shakeHands(context, TlsEcho.connect(doors.encrypted), version)) {
        assertThat(TlsEcho.ask(client, "one\r\n", 5)).isEqualTo("one\r\n");
        assertThat(doors.channels.getLast().binding()).contains(TlsEcho.binding(client));
      }
    }
    assertThat(doors.channels).doesNotHaveDuplicates();
  }

  @Test
  void onRequestAfterWordsInTheClear() throws IOException {
    Socket socket = TlsEcho.connect(doors.clear);
    assertThat(TlsEcho.ask(socket, "one\r\n", 5)).isEqualTo("one\r\n");
    assertThat(TlsEcho.ask(socket, STARTTLS, 4)).isEqualTo("go\r\n");
    try (SSLSocket client = TlsEcho.shakeHands(socket, "TLSv1.3")) {
      assertThat(TlsEcho.ask(client, "two\r\n", 5)).isEqualTo("two\r\n");
    }
    doors.awaitEnds("LOST");
  }

  @Test
  void whatIsSaidBehindTheRequestEndsTheConversation() throws IOException {
    byte[] said = (STARTTLS + "MAIL FROM:<evil@example.org>\r\n").getBytes(US_ASCII);
    for (int cut = 1; cut < said.length; cut++) {
      try (Socket client = TlsEcho.connect(doors.clear)) {
        client.getOutputStream().write(said, 0, cut);
        client.getOutputStream().write(said, cut, said.length - cut);
        String heard = TlsEcho.rest(client);
        // In one piece it is seen at once; what comes later is no handshake.
        assertThat(heard).isIn("more\r\n", "go\r\n");
      }
    }
    assertThat(doors.channels).isEmpty();
  }

  /** RFC 3207 §6: not even the first octet of a handshake may come before it is our turn. */
  @Test
  void aHandshakeThatComesWithTheRequestIsTooEarly() throws IOException {
    try (Socket client = TlsEcho.connect(doors.clear)) {
      client.getOutputStream().write((STARTTLS + "\u0016\u0003\u0001").getBytes(US_ASCII));
      assertThat(TlsEcho.rest(client)).isEqualTo("more\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void muchAtOnceAndBack(String version) throws Exception {
    byte[] line = "x".repeat(900).concat("\r\n").getBytes(US_ASCII);
    byte[] said = new byte[line.length * 1000];
    for (int i = 0; i < 1000; i++) {
      System.arraycopy(line, 0, said, i * line.length, line.length);
    }
    try (SSLSocket client = TlsEcho.shakeHands(TlsEcho.connect(doors.encrypted), version)) {
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
    doors.patience = Duration.ofMillis(300);
    try (SSLSocket client = TlsEcho.shakeHands(TlsEcho.connect(doors.encrypted), version)) {
      assertThat(TlsEcho.rest(client)).isEqualTo("bye TIMED_OUT\r\n");
    }
    doors.awaitEnds("TIMED_OUT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void stoppingIsSaidToThoseWhoWait(String version) throws IOException {
    try (SSLSocket client = TlsEcho.shakeHands(TlsEcho.connect(doors.encrypted), version)) {
      assertThat(TlsEcho.ask(client, "one\r\n", 5)).isEqualTo("one\r\n");
      doors.encrypted.close();
      assertThat(TlsEcho.rest(client)).isEqualTo("bye STOPPED\r\n");
    }
    doors.awaitEnds("STOPPED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void goodbyeIsSaidInOrder(String version) throws IOException {
    try (SSLSocket client = TlsEcho.shakeHands(TlsEcho.connect(doors.encrypted), version)) {
      assertThat(TlsEcho.ask(client, "QUIT\r\nmuch more\r\n", 8)).isEqualTo("really\r\n");
      assertThat(client.getInputStream().read()).isEqualTo(-1); // and no complaint of truncation
    }
  }

  @Test
  void whoGoesWithoutAWordIsGone() throws IOException {
    Socket socket = TlsEcho.connect(doors.encrypted);
    TlsEcho.shakeHands(socket, "TLSv1.3");
    socket.shutdownOutput();
    doors.awaitEnds("LOST");
    socket.close();
  }

  /** The answer to one who talks too early can come in the same segment as the end of the handshake. */
  @Test
  void earlyTalkIsSeenThroughTls() throws IOException {
    try (SSLSocket client = TlsEcho.shakeHands(TlsEcho.connect(doors.encrypted), "TLSv1.3")) {
      assertThat(TlsEcho.ask(client, "MORE?\r\nyes\r\n", 6)).isEqualTo("true\r\n");
      assertThat(TlsEcho.ask(client, "", 5)).isEqualTo("yes\r\n");
      assertThat(TlsEcho.ask(client, "MORE?\r\n", 7)).isEqualTo("false\r\n");
      client.getOutputStream().write("MORE?\r\n".getBytes(US_ASCII));
      client.getOutputStream().write("a record of its own\r\n".getBytes(US_ASCII));
      assertThat(TlsEcho.ask(client, "", 2)).isIn("tr", "fa");
    }
  }
}
