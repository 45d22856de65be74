package me.ehlo.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes: slow ones, broken ones, and those that are refused. */
class TlsHandshakeTest {
  private final TlsEcho doors = new TlsEcho();

  @AfterEach
  void close() {
    doors.close();
  }

  @Test
  void theHandshakeHasItsTimeInAll() throws IOException {
    doors.handshakePatience = Duration.ofMillis(500);
    try (Socket client = TlsEcho.connect(doors.encrypted)) {
      byte[] hello = TlsEcho.hello();
      long begun = System.nanoTime();
      int said = 0;
      while (doors.ends.isEmpty() && System.nanoTime() - begun < Duration.ofSeconds(20).toNanos()) {
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
      doors.awaitEnds("TIMED_OUT");
    }
  }

  @Test
  void aHandshakeThatIsLeftHalfWayEnds() throws IOException {
    doors.handshakePatience = Duration.ofMillis(500);
    try (Socket client = TlsEcho.connect(doors.encrypted)) {
      client.getOutputStream().write(TlsEcho.hello());
      doors.awaitEnds("TIMED_OUT");
    }
  }

  @Test
  void stoppingEndsHandshakes() throws IOException {
    try (Socket client = TlsEcho.connect(doors.encrypted);
        Socket other = TlsEcho.connect(doors.encrypted)) {
      client.getOutputStream().write(TlsEcho.hello());
      assertThat(client.getInputStream().read()).isEqualTo(22);
      await().until(() -> doors.encrypted.connections() == 2);
      doors.encrypted.close();
      doors.awaitEnds("STOPPED", "STOPPED");
      assertThat(TlsEcho.rest(other)).as("nothing in the clear").isEmpty();
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
    try (Socket client = TlsEcho.connect(doors.encrypted)) {
      client.getOutputStream().write(said.getBytes(US_ASCII));
      assertThat(TlsEcho.rest(client)).as("nothing in the clear").isEmpty();
    }
    doors.awaitEnds("LOST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1", "TLSv1.1"})
  void oldVersionsAreRefused(String version) throws IOException {
    try (Socket socket = TlsEcho.connect(doors.encrypted)) {
      byte[] hello = TlsEcho.hello();
      hello[9] = 3;
      hello[10] = (byte) (version.equals("TLSv1") ? 1 : 2);
      socket.getOutputStream().write(hello);
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(answer).as("an alert, protocol_version").endsWith(2, 70);
    }
    doors.awaitEnds("LOST");
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
                try (SSLSocket client =
                    TlsEcho.layered(
                        TlsEcho.AUTHORITY.trusting(), TlsEcho.connect(doors.encrypted))) {
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
    try (SSLSocket client = TlsEcho.shakeHands(TlsEcho.connect(doors.encrypted), "TLSv1.2")) {
      assertThat(TlsEcho.ask(client, "one\r\n", 5)).isEqualTo("one\r\n");
      client.startHandshake();
      assertThatThrownBy(() -> TlsEcho.ask(client, "two\r\n", 5)).isInstanceOf(IOException.class);
    }
    doors.awaitEnds("LOST");
  }

  @Test
  void weChooseTheCipher() throws IOException {
    try (SSLSocket client =
        TlsEcho.layered(TlsEcho.AUTHORITY.trusting(), TlsEcho.connect(doors.encrypted))) {
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
      byte[] hello = TlsEcho.hello();
      for (int i = 0; i < half.length; i++) {
        half[i] = TlsEcho.connect(doors.encrypted);
        half[i].getOutputStream().write(hello, 0, i % 5 == 0 ? hello.length : hello.length / 2);
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> doors.encrypted.connections() == half.length);
      for (int i = 0; i < 10; i++) {
        try (SSLSocket client = TlsEcho.shakeHands(TlsEcho.connect(doors.encrypted), "TLSv1.3")) {
          assertThat(TlsEcho.ask(client, "one\r\n", 5)).isEqualTo("one\r\n");
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

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void anOctetAtATime(String version) throws IOException {
    try (Socket near = TlsEcho.connect(doors.encrypted);
        SSLSocket client = TlsEcho.shakeHands(new Trickle(near), version)) {
      assertThat(TlsEcho.ask(client, "one\r\n", 5)).isEqualTo("one\r\n");
    }
    doors.awaitEnds("LOST");
  }
}
