package me.ehlo.front;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import me.ehlo.net.Authority;
import me.ehlo.net.TlsServer;
import me.ehlo.pop3.Pop3Limits;
import org.junit.jupiter.api.Test;

/** POP3 over TLS, begun by STLS (RFC 2595) or by the connection (RFC 8314), as clients do it. */
class Pop3TlsTest {
  private static final Authority CA = new Authority();
  private static final SSLContext KEYS = CA.showing(CA.issue("mx.test"));
  private static final TlsServer TLS = new TlsServer(() -> KEYS);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Encryption ON_REQUEST = new Encryption(Optional.of(TLS), false, PATIENCE);
  private static final Encryption FROM_THE_START = new Encryption(Optional.of(TLS), true, PATIENCE);
  private static final String PLAIN = "AUTH PLAIN AGJvYgBzZWNyZXQ=";

  @Test
  void passwordsAreTakenBehindStlsOnly() throws IOException {
    try (Pop3House house = house(ON_REQUEST);
        Client client = new Client(house)) {
      assertThat(client.line()).startsWith("+OK mx.ehlo.test POP3");
      assertThat(client.lines("CAPA"))
          .contains("STLS")
          .doesNotContain("USER")
          .noneMatch(Pop3TlsTest::sasl);
      assertThat(client.say("USER bob")).startsWith("-ERR [AUTH]").endsWith("First say STLS");
      assertThat(client.say(PLAIN)).startsWith("-ERR [AUTH] ");
      assertThat(client.lines("HELP")).anyMatch(line -> line.startsWith("STLS "));
      client.stls();
      assertThat(client.lines("CAPA")).contains("USER", "SASL PLAIN LOGIN").doesNotContain("STLS");
      assertThat(client.lines("HELP")).noneMatch(line -> line.startsWith("STLS "));
      assertThat(client.say("STLS")).isEqualTo("-ERR This connection is encrypted already");
      assertThat(client.say(PLAIN)).startsWith("+OK Welcome");
      assertThat(client.say("STLS")).startsWith("-ERR STLS must come before the login");
      assertThat(client.lines("CAPA")).doesNotContain("STLS");
      assertThat(client.say("QUIT")).startsWith("+OK");
      assertThat(client.line()).isNull();
      assertThat(house.ends()).containsExactly("quit");
    }
  }

  @Test
  void whatWasSaidBeforeIsForgotten() throws IOException {
    try (Pop3House house = new Pop3House(ON_REQUEST, true, Pop3Limits.DEFAULT);
        Client client = new Client(house)) {
      client.line();
      assertThat(client.say("USER bob")).startsWith("+OK");
      client.stls();
      assertThat(client.say("PASS secret")).startsWith("-ERR First say who you are");
      assertThat(client.say("USER bob")).startsWith("+OK");
      assertThat(client.say("PASS secret")).startsWith("+OK Welcome");
    }
  }

  @Test
  void wrongPasswordsBeforeStlsStillCount() throws IOException {
    try (Pop3House house = new Pop3House(ON_REQUEST, true, new Pop3Limits(512, 2, 100, 100));
        Client client = new Client(house)) {
      client.line();
      client.say("USER bob");
      assertThat(client.say("PASS wrong")).startsWith("-ERR [AUTH]");
      client.stls();
      client.say("USER bob");
      assertThat(client.say("PASS wrong")).contains("too often");
      assertThat(client.line()).isNull();
    }
  }

  @Test
  void encryptedBeforeTheGreeting() throws IOException {
    try (Pop3House house = house(FROM_THE_START);
        Client client = new Client(house)) {
      client.encrypt();
      assertThat(client.line()).startsWith("+OK mx.ehlo.test POP3");
      assertThat(client.lines("CAPA")).contains("USER", "SASL PLAIN LOGIN").doesNotContain("STLS");
      assertThat(client.say("USER bob")).startsWith("+OK");
      assertThat(client.say("PASS secret")).startsWith("+OK Welcome");
    }
  }

  @Test
  void aPasswordThatIsChangedMeanwhileReadsNothingMore() throws IOException {
    try (Pop3House house = house(FROM_THE_START);
        Client client = new Client(house)) {
      client.encrypt();
      client.line();
      assertThat(client.say(PLAIN)).startsWith("+OK Welcome");
      assertThat(client.say("STAT")).isEqualTo("+OK 0 0");
      house.changePassword();
      assertThat(client.say("STAT")).startsWith("-ERR [AUTH] The password that you logged in with");
      assertThat(client.line()).isNull();
    }
  }

  @Test
  void aHandshakeThatFailsCostsOnlyItself() throws IOException {
    try (Pop3House house = house(FROM_THE_START);
        Client rude = new Client(house);
        Client shy = new Client(house);
        Client polite = new Client(house)) {
      rude.send("USER bob\r\nPASS secret\r\n");
      rude.rest();
      shy.hangUp();
      polite.encrypt();
      assertThat(polite.line()).startsWith("+OK");
      assertThat(polite.say("QUIT")).startsWith("+OK");
      await()
          .untilAsserted(() ->
              assertThat(house.ends())
                  .containsExactlyInAnyOrder("tls-failed", "tls-failed", "quit"));
      assertThat(house.refusals())
          .containsExactly("connect pop3-handshake-failed", "connect pop3-handshake-failed");
    }
  }

  @Test
  void aHandshakeThatNeverEndsIsEnded() throws IOException {
    Encryption impatient = new Encryption(Optional.of(TLS), false, Duration.ofMillis(200));
    try (Pop3House house = house(impatient);
        Client client = new Client(house)) {
      client.line();
      assertThat(client.say("STLS")).startsWith("+OK");
      client.rest();
      assertThat(house.ends()).containsExactly("tls-failed");
      assertThat(house.refusals()).containsExactly("STLS pop3-handshake-failed");
    }
  }

  private static Pop3House house(Encryption encryption) {
    return new Pop3House(encryption, false, Pop3Limits.DEFAULT);
  }

  private static boolean sasl(String line) {
    return line.startsWith("SASL");
  }

  private static final class Client implements AutoCloseable {
    private Socket socket;
    private BufferedReader in;

    Client(Pop3House house) throws IOException {
      socket = new Socket(house.address().getAddress(), house.address().getPort());
      socket.setSoTimeout((int) PATIENCE.toMillis());
      in = reader();
    }

    private BufferedReader reader() throws IOException {
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    }

    void stls() throws IOException {
      assertThat(say("STLS")).isEqualTo("+OK Ready to start TLS");
      encrypt();
    }

    void encrypt() throws IOException {
      SSLSocket encrypted =
          (SSLSocket) KEYS.getSocketFactory().createSocket(socket, "mx.test", 995, true);
      encrypted.startHandshake();
      socket = encrypted;
      in = reader();
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    String say(String line) throws IOException {
      send(line + "\r\n");
      return line();
    }

    String line() throws IOException {
      return in.readLine();
    }

    /** What is answered in several lines, the first apart. */
    List<String> lines(String command) throws IOException {
      assertThat(say(command)).startsWith("+OK");
      List<String> lines = new ArrayList<>();
      do {
        lines.add(line());
      } while (!lines.getLast().equals("."));
      return lines;
    }

    /** Takes what comes until nothing more does. */
    void rest() throws IOException {
      try {
        socket.getInputStream().readAllBytes();
      } catch (SocketException e) {
        // a reset is an end as well
      }
    }

    void hangUp() throws IOException {
      socket.close();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
