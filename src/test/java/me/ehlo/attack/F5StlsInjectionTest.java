package me.ehlo.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import me.ehlo.front.Encryption;
import me.ehlo.front.Pop3House;
import me.ehlo.net.Authority;
import me.ehlo.net.TlsServer;
import me.ehlo.pop3.Pop3Limits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * F5 for POP3: somebody on the way puts commands of his own behind STLS, in the clear; they are never carried out behind
 * TLS, wherever the network cuts the octets, and the client's handshake does not come about.
 */
class F5StlsInjectionTest {
  private static final byte[] STLS = "STLS\r\n".getBytes(ISO_8859_1);
  private static final byte[] INJECTED = "STLS\r\nUSER eve\r\nNOOP\r\n".getBytes(ISO_8859_1);
  private static final int PATIENCE_MILLIS = 20_000;

  private static final Authority CA = new Authority();
  private static final SSLContext KEYS = CA.showing(CA.issue("mx.test"));
  private static final Encryption ENCRYPTION =
      new Encryption(
          Optional.of(new TlsServer(() -> KEYS)), false, Duration.ofMillis(PATIENCE_MILLIS));
  private static final Pop3House HOUSE = new Pop3House(ENCRYPTION, true, Pop3Limits.DEFAULT);

  @AfterAll
  static void close() {
    HOUSE.close();
  }

  static IntStream everyCut() {
    return IntStream.rangeClosed(0, INJECTED.length);
  }

  /** The cut may or may not be seen by the server as one: whichever it is, the conversation ends. */
  @ParameterizedTest
  @MethodSource("everyCut")
  void cutAnywhere(int cut) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(INJECTED, 0, cut);
      socket.getOutputStream().write(INJECTED, cut, INJECTED.length - cut);
      String said = line(socket);
      assertThat(said).matches("\\+OK Ready to start TLS|-ERR You said more behind STLS.*");
      assertThat(said.startsWith("+OK") && encrypts(socket)).isFalse();
    }
    assertThat(HOUSE.ends().getLast()).isIn("tls-failed", "quit");
  }

  /** The octets come after our answer, in front of the client's handshake. */
  @ParameterizedTest
  @MethodSource("everyCut")
  void betweenTheAnswerAndTheHandshake(int cut) throws IOException {
    byte[] behind = Arrays.copyOfRange(INJECTED, STLS.length, INJECTED.length);
    int most = Math.min(cut, behind.length);
    if (most == 0) {
      return; // nothing is injected
    }
    try (Socket socket = connect()) {
      socket.getOutputStream().write(STLS);
      assertThat(line(socket)).isEqualTo("+OK Ready to start TLS");
      socket.getOutputStream().write(behind, 0, most);
      assertThat(encrypts(socket)).isFalse();
    }
    assertThat(HOUSE.ends().getLast()).isEqualTo("tls-failed");
  }

  @Test
  void inOnePieceItIsSaidWhy() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(INJECTED);
      assertThat(line(socket)).startsWith("-ERR You said more behind STLS without waiting");
      assertThat(socket.getInputStream().read()).isNegative();
    }
  }

  /** Or nobody would ever see that the others fail for the right reason. */
  @Test
  void withoutInjectionItWorks() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write("USER bob\r\nSTLS\r\n".getBytes(ISO_8859_1));
      assertThat(line(socket)).startsWith("+OK");
      assertThat(line(socket)).isEqualTo("+OK Ready to start TLS");
      assertThat(encrypts(socket)).isTrue();
    }
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(HOUSE.address().getAddress(), HOUSE.address().getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    assertThat(line(socket)).startsWith("+OK");
    return socket;
  }

  /** Whether a client that knows nothing of it can go on encrypted, and is answered. */
  private static boolean encrypts(Socket socket) {
    try {
      SSLSocket encrypted =
          (SSLSocket) KEYS.getSocketFactory().createSocket(socket, "mx.test", 110, false);
      encrypted.startHandshake();
      encrypted.getOutputStream().write("QUIT\r\n".getBytes(ISO_8859_1));
      return line(encrypted).startsWith("+OK");
    } catch (IOException e) {
      return false;
    }
  }

  private static String line(Socket socket) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    int octet = in.read();
    while (octet >= 0 && octet != '\n') {
      line.write(octet);
      octet = in.read();
    }
    return line.toString(ISO_8859_1).strip();
  }
}
