package me.ehlo.talk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import me.ehlo.call.ScriptedServer;
import me.ehlo.net.ClosedPort;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole conversations, as somebody types them and sees them. */
class TalkTest {
  private static final List<String> MAIL =
      List.of(
          "EHLO me", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA", "Subject: x", "", "hello", ".");

  @TempDir Path folder;

  @Test
  void theScreenIsTheTranscriptAndWhatWasTypedArrivesAsItWas() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      Path file = folder.resolve("t.txt");
      Evening.Seen seen =
          new Evening(server)
              .keptIn(file)
              .types(
                  "ehlo  M\u00fcller ",
                  "MAIL FROM:<a@b>",
                  "RCPT TO:<c@d>",
                  "DATA",
                  "Subject: x",
                  "",
                  "..dots",
                  ".",
                  "QUIT");
      assertThat(seen.code()).isZero();
      assertThat(
              seen.screen()
                  .replaceAll("[0-9]+ ms", "N ms")
                  .replaceAll("127.0.0.1:[0-9]+", "ADDRESS")
                  .replaceAll("after [0-9]+ s", "after N s"))
          .isEqualTo(
              """
              === mx.test is 127.0.0.1
              === connecting to ADDRESS ... connected in N ms
              <-  220 mx.test ESMTP
               -> ehlo  M\u00fcller\s
              <** 500 5.5.2 What?
               -> MAIL FROM:<a@b>
              <-  250 2.1.0 Ok
               -> RCPT TO:<c@d>
              <-  250 2.1.5 Ok
               -> DATA
              <-  354 Go ahead
                | Subject: x
                |
                | ..dots
                | .
              <-  250 2.0.0 Ok: queued as 4XyZ9
               -> QUIT
              <-  221 2.0.0 Bye
              === closed after N s: 1 mail accepted, 1 recipient, 0 refused
              === transcript: %s
              """
                  .formatted(file));
      assertThat(server.lines().getFirst().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
          .isEqualTo("ehlo  M\u00fcller ".getBytes(UTF_8));
      assertThat(server.mails()).containsExactly("Subject: x\r\n\r\n..dots\r\n");
      assertThat(Files.readString(file))
          .isEqualTo(seen.screen().replaceFirst("=== transcript: .*\n", ""));
    }
  }

  @Test
  void theEndOfTheInputIsAPoliteGoodbye() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      assertThat(new Evening(server).types("NOOP").code()).isZero();
      assertThat(server.lines()).containsExactly("NOOP", "QUIT");
    }
  }

  @Test
  void theEndOfTheInputInsideAMailSendsNothing() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      Evening.Seen seen = new Evening(server).types(MAIL.subList(0, 7).toArray(String[]::new));
      assertThat(seen.screen())
          .contains("*** the input ended in the middle of a mail: nothing was sent.");
      assertThat(server.mails()).isEmpty();
    }
  }

  @Test
  void answersAreExplainedToThoseWhoWantIt() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer()
            .offers("SIZE 52428800", "STARTTLS")
            .on(
                "RCPT TO:<carol@other.example>",
                "554 5.7.1 <carol@other.example>: Relay access denied")) {
      Evening.Seen seen =
          new Evening(server)
              .explained()
              .types(
                  "HELLO me",
                  "EHLO me",
                  "MAIL FROM:<a@b>",
                  "RCPT TO:<carol@other.example>",
                  "RCPT TO:<bob@d>",
                  "DATA",
                  "From: a",
                  "",
                  ".",
                  "QUIT");
      assertThat(seen.screen())
          .contains("  # There is no HELLO.")
          .contains("  # Takes mails up to 50 MB. Offers TLS")
          .contains("<** 554 5.7.1 <carol@other.example>: Relay access denied")
          .contains("you ask mx.test to carry mail to other.example")
          .contains("  # The sender is still set.")
          .contains("  # Accepted. mx.test is now responsible")
          .contains("  # Their reference is 4XyZ9. You sent no Date and no Message-ID");
    }
  }

  @Test
  void noSecretIsShownOrKept() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer()
            .on("AUTH LOGIN", "334 VXNlcm5hbWU6")
            .on("YW5u", "334 UGFzc3dvcmQ6")
            .on("c2VjcmV0", "235 2.7.0 Ok")
            .on("AUTH PLAIN", "535 5.7.8 No")) {
      Path file = folder.resolve("t.txt");
      Evening.Seen seen =
          new Evening(server)
              .explained()
              .keptIn(file)
              .types("AUTH PLAIN AGFubgBzZWNyZXQ=", "AUTH LOGIN", "YW5u", "c2VjcmV0", "QUIT");
      assertThat(server.lines()).contains("AUTH PLAIN AGFubgBzZWNyZXQ=", "c2VjcmV0");
      assertThat(seen.screen())
          .contains(" -> AUTH PLAIN <not shown>")
          .contains("It says: Password:")
          .doesNotContain("c2VjcmV0", "YW5u", "AGFubgBzZWNyZXQ=");
      assertThat(Files.readString(file)).doesNotContain("c2VjcmV0", "AGFubgBzZWNyZXQ=");
    }
  }

  @Test
  void anOrderLogsInAndShowsNoSecret() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer()
            .offers("AUTH PLAIN")
            .on("AUTH PLAIN AGFubgBzZWNyZXQ=", "235 2.7.0 Ok")) {
      Evening.Seen seen = new Evening(server).types("EHLO me", "/auth ann", "secret", "QUIT");
      assertThat(server.lines()).contains("AUTH PLAIN AGFubgBzZWNyZXQ=");
      assertThat(seen.screen()).contains("<-  235 2.7.0 Ok").doesNotContain("AGFub", "secret");
    }
  }

  @Test
  void aServerThatSaysGoodbyeUnaskedIsHeardWhileOneTypes() throws Exception {
    try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        Slow typed = new Slow("NOOP\n", shown, "closed the connection")) {
      Thread.ofVirtual().start(() -> tired(door));
      Evening.Seen seen =
          new Evening("mx.test", door.getLocalPort()).explained().reads(typed, shown);
      assertThat(seen.screen())
          .contains("<** 421 4.4.2 idle too long\n")
          .contains("  # 421: the server ends the conversation; it has waited for you too long.")
          .contains("*** the server has closed the connection")
          .contains("*** not sent: there is no connection.")
          .doesNotContain(" -> NOOP");
    }
  }

  @Test
  void whatWentWellIsSaidAgain() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer().on("DATA", "421 4.3.0 later" + ScriptedServer.HANGS_UP, "354 go on")) {
      Evening.Seen seen =
          new Evening(server)
              .types(
                  "EHLO me",
                  "MAIL FROM:<a@b>",
                  "RCPT TO:<c@d>",
                  "DATA",
                  "/again",
                  "DATA",
                  "x: y",
                  ".",
                  "QUIT");
      assertThat(seen.code()).isZero();
      assertThat(server.lines("RCPT")).hasSize(2);
      assertThat(server.mails()).containsExactly("x: y\r\n");
    }
  }

  @Test
  void ordersThatDoNotExistAndThoseThatDo() throws IOException {
    Path saved = folder.resolve("x.md");
    try (ScriptedServer server = new ScriptedServer()) {
      Evening.Seen seen =
          new Evening(server)
              .types(
                  "/hlep",
                  "/raw NO\\x4fP\\r\\n",
                  "/status",
                  "? 5.7.1",
                  "?",
                  "/save " + saved,
                  "/tls");
      assertThat(seen.screen())
          .contains("*** there is no /hlep. Did you mean /help?")
          .contains("  > NO\\x4fP\\r\\n")
          .contains("no TLS, not introduced")
          .contains("You may say now:");
      assertThat(server.lines()).contains("NOOP", "EHLO client.example");
      assertThat(Files.readString(saved)).startsWith("```\n=== ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(greeting) | 554 5.7.1 No           | 21",
        "EHLO       | 502 No(hangs up)       | 22",
        "MAIL       | 550 No                 | 23",
        "RCPT       | 550 5.1.1 No           | 24",
        "DATA       | 554 No                 | 25",
        "(dot)      | 554 5.6.0 No           | 26",
      })
  void scriptsAreToldHowTheLastStepWent(String when, String answer, int code) throws IOException {
    try (ScriptedServer server = new ScriptedServer().on(when, answer)) {
      assertThat(new Evening(server).lastStatus().types(upTo(when)).code()).isEqualTo(code);
    }
  }

  @Test
  void aRefusedConnectionIsToldAsOne() throws IOException {
    try (ClosedPort nobody = new ClosedPort()) {
      Evening.Seen seen =
          new Evening("mx.test", nobody.address().getPort()).explained().types("QUIT");
      assertThat(seen.code()).isEqualTo(Ending.NO_CONNECTION);
      assertThat(seen.screen()).contains("... refused\n").contains("Refused is an answer");
    }
    assertThat(new Evening("nowhere.test", 25).types().screen())
        .contains("*** There is no nowhere.test in the DNS.");
  }

  @Test
  void aServerThatDoesNotAnswerIsNotAwaitedForEver() throws IOException {
    try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Evening.Seen seen =
          new Evening("mx.test", door.getLocalPort()).patient(Duration.ofMillis(200)).types("QUIT");
      assertThat(seen.code()).isEqualTo(Ending.GREETING);
      assertThat(seen.screen())
          .contains("the connection was taken, and then no greeting came in 0 s.");
    }
  }

  @Test
  void aConnectionThatIsCutOffIsNoRefusal() throws Exception {
    try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread server = Thread.startVirtualThread(() -> hangUp(door));
      Evening.Seen seen = new Evening("mx.test", door.getLocalPort()).explained().types("QUIT");
      server.join();
      assertThat(seen.code()).isEqualTo(Ending.GREETING);
      assertThat(seen.screen())
          .contains("the connection was taken, and then closed before a greeting.")
          .contains("It is not closed: somebody takes the connection");
    }
  }

  private static String[] upTo(String when) {
    int steps = List.of("(greeting)", "EHLO", "MAIL", "RCPT", "DATA").indexOf(when);
    return MAIL.subList(0, steps < 0 ? MAIL.size() : steps).toArray(String[]::new);
  }

  private static void hangUp(ServerSocket door) {
    try {
      door.accept().close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void tired(ServerSocket door) {
    try (var socket = door.accept()) {
      socket
          .getOutputStream()
          .write("220 mx.test ESMTP\r\n421 4.4.2 idle too long\r\n".getBytes(UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Somebody who types when this is to be read. */
  private static final class Slow extends InputStream {
    private final InputStream typed;
    private final ByteArrayOutputStream shown;
    private final String awaited;

    Slow(String text, ByteArrayOutputStream shown, String awaited) {
      this.shown = shown;
      this.awaited = awaited;
      typed =
          new SequenceInputStream(
              new ByteArrayInputStream(text.getBytes(UTF_8)), InputStream.nullInputStream());
    }

    @Override
    public int read() throws IOException {
      pause();
      return typed.read();
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
      pause();
      return typed.read(octets, offset, length);
    }

    private void pause() {
      Awaitility.await().until(() -> shown.toString(UTF_8).contains(awaited));
    }
  }
}
