package me.ehlo.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import me.ehlo.call.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transcripts that are said again, and what is told where the server answers otherwise. */
class SendReplayTest {
  private final ScriptedServer server = new ScriptedServer();
  private final Sent sent = new Sent();

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("it.txt");
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    sent.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--pipeline", "--lmtp", "--tls", "--protocol SSMTP", "--all-mx"})
  void theSameIsSaidAgainToTheSameServer(String how) throws IOException {
    server.offers("PIPELINING", "8BITMIME", "STARTTLS").withTls();
    if (how.contains("SSMTP")) {
      server.encryptedFirst();
    }
    sent.withInput("Subject: x\n\nGr\u00fc\u00dfe\n.\n..dots\n.not\n\n");
    List<String> words = new ArrayList<>(List.of("--to", "bob@example.org,zed@example.org"));
    words.addAll(how.isEmpty() ? List.of() : List.of(how.split(" ")));
    words.addAll(List.of("--data", "-", "--server", where(), "--transcript", file.toString()));
    assertThat(sent.send(words.toArray(String[]::new))).isZero();
    List<String> said = server.lines();

    assertThat(replay()).isZero();
    assertThat(sent.out()).contains("=== answered as in the transcript");
    assertThat(server.lines().subList(said.size(), server.lines().size()))
        .containsExactlyElementsOf(said);
    assertThat(server.mails()).hasSize(2);
    assertThat(server.mails().get(1)).isEqualTo(server.mails().get(0)).contains("\r\n.\r\n..dots");
    assertThat(sent.out().contains("*** TLS is on, but the certificate is not valid"))
        .isEqualTo(how.contains("--tls") || how.contains("SSMTP"));
  }

  @Test
  void anotherAnswerIsThirtyAndIsSaid() throws IOException {
    send("--to", "bob@example.org", "--quit-after", "rcpt");
    server.on("RCPT", "250 2.1.5 In other words");
    assertThat(replay()).isZero();
    assertThat(replay("--compare", "words")).isEqualTo(30);
    server.on("RCPT", "550 5.1.1 No");
    assertThat(replay()).isEqualTo(30);
    assertThat(sent.out())
        .contains("<** 550 5.1.1 No")
        .contains("*** not answered as in the transcript:")
        .contains("expected  250 2.1.5 Ok,  said  550 5.1.1 No");
    server.on("RCPT", ScriptedServer.HANGS_UP);
    assertThat(replay()).isEqualTo(30);
    assertThat(sent.out()).contains("the server closed the connection");
  }

  @Test
  void aTranscriptOfTalkInEitherFormIsReplayedWithWhoeverIsNamed() throws IOException {
    String talk =
        """
        === mail.example.org is 192.0.2.25
        === connecting to 192.0.2.25:25 ... connected in 31 ms
        <-  220 mail.example.org ESMTP ready
         -> HELLO me
        <** 500 5.5.2 What?
         -> EHLO me
        <-  250-mail.example.org
        <-  250 SIZE
         -> QUIT
        <-  221 2.0.0 Bye
        === closed after 3 s
        """;
    server.offers("SIZE");
    Files.writeString(file, talk);
    assertThat(replay("--server", where())).isZero();
    assertThat(server.lines()).containsExactly("HELLO me", "EHLO me", "QUIT");
    file = folder.resolve("it.json");
    Files.writeString(
        file,
        """
        {"v":1,"said":[
          {"at":"2026-11-22T12:00:00Z","mark":"<-","text":"220 mail.example.org"},
          {"at":"2026-11-22T12:00:01Z","mark":"->","text":"QUIT"},
          {"at":"2026-11-22T12:00:02Z","mark":"<-","text":"221 2.0.0 Bye"}
        ]}
        """);
    assertThat(replay("--server", where())).isZero();
    assertThat(replay()).isEqualTo(2);
    assertThat(sent.err()).startsWith("--replay: with whom? Give --server HOST, --mx");
  }

  @Test
  void aLoginIsMadeAnewWithSecretsThatAreAskedFor() throws IOException {
    sent.environment.put("SECRET", "open sesame");
    server.offers("AUTH PLAIN").on("AUTH PLAIN AGFubgBvcGVuIHNlc2FtZQ==", "235 2.7.0 Welcome");
    send(
        "--to",
        "bob@example.org",
        "--auth-user",
        "ann",
        "--auth-password-env",
        "SECRET",
        "-4",
        "--quit-after",
        "mail");
    assertThat(Files.readString(file)).doesNotContain("AGFub");
    List<String> said = server.lines();

    assertThat(replay("--no-input")).isEqualTo(2);
    assertThat(sent.err())
        .startsWith("the transcript logs in, and holds no secrets: as whom? Give --auth-user NAME");
    assertThat(replay("--auth-user", "ann", "--auth-password-env", "SECRET")).isZero();
    assertThat(server.lines().subList(said.size(), server.lines().size()))
        .containsExactlyElementsOf(said);
    server.on("AUTH PLAIN", "535 5.7.8 Wrong");
    sent.atTerminal("ann", "wrong");
    assertThat(replay()).isEqualTo(30);
    assertThat(sent.out()).contains("expected  ! login,  Wrong").doesNotContain("MAIL FROM");
  }

  @Test
  void aRefusedLoginIsLeftOutAndAServersFarewellIsNotAwaited() throws IOException {
    Files.writeString(
        file,
        """
        <-  220 x
         -> AUTH LOGIN
        <-  334 VXNlcm5hbWU6
         -> <not shown>
        <** 535 5.7.8 Wrong
         -> AUTH FOO
        <** 500 5.5.2 What?
         -> NOOP
        <** 500 5.5.2 What?
        <** 421 4.4.2 Too slow
        """);
    assertThat(replay("--server", where())).isZero();
    assertThat(sent.out()).contains("=== a login that was refused is left out");
    assertThat(server.lines()).containsExactly("AUTH FOO", "NOOP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hello ; is no transcript: line 1 begins with no mark of swaks",
        "=== connecting to 192.0.2.1:25 ; cannot be replayed: no server says anything in it",
        "<-  +OK hello ; cannot be replayed: it is one of POP3",
        "<-  220 x%  > \\x00 ; cannot be replayed: line 2 has octets that are no line",
        "<-  220 x% -> BDAT 5 LAST ; cannot be replayed: BDAT counts octets",
        "<-  220 x% -> DATA%<-  354 y%=== 50 octets sent%<-  250 z ; the mail is not in it",
        "<-  220 x%=== 9 more lines of the mail (--show-data shows them) ; the mail in it is cut short",
      })
  void whatCannotBeReplayedIsRefusedBeforeAnybodyIsCalled(String both) throws IOException {
    String[] parts = both.split(";");
    Files.writeString(file, parts[0].strip().replace('%', '\n') + "\n");
    assertThat(replay("--server", where())).isEqualTo(2);
    assertThat(sent.err()).startsWith("--replay: ").contains(parts[1].strip());
    assertThat(server.lines()).isEmpty();
  }

  @Test
  void otherMistakesAreSaidToo() throws IOException {
    Files.writeString(
        file,
        """
        === connecting to 192.0.2.1:25
        <-  220 x
        === connecting to 192.0.2.2:25
        <-  220 y
        """);
    assertThat(replay()).isEqualTo(2);
    assertThat(sent.err()).contains("it holds 2 conversations; leave one of them in the file");
    assertThat(replay("--to", "bob@example.org")).isEqualTo(2);
    assertThat(sent.err()).startsWith("--to does not go with --replay: the transcript says all");
    assertThat(replay("--auth-password", "x")).isEqualTo(2);
    assertThat(sent.err()).startsWith("a password on the command line");
    Files.delete(file);
    assertThat(replay()).isEqualTo(2);
    assertThat(sent.err()).startsWith("--replay: there is no file ");
  }

  private String where() {
    return "127.0.0.1:" + server.port();
  }

  private void send(String... words) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("--server", where(), "--transcript", file.toString()));
    assertThat(sent.send(all.toArray(String[]::new))).isZero();
  }

  private int replay(String... words) {
    List<String> all = new ArrayList<>(List.of("--replay", file.toString()));
    all.addAll(Arrays.asList(words));
    return sent.send(all.toArray(String[]::new));
  }
}
