package me.ehlo.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import me.ehlo.call.Protocol;
import me.ehlo.call.ScriptedServer;
import me.ehlo.net.Authority;
import me.ehlo.net.Trust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logins typed by hand, and what becomes of the lines that were meant for them. */
class TypedLoginTest {
  private static final String ENDS =
      "*** the conversation ends here, for the next line may be the password.\n";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AUTH LOGIN      | AUTH LOGIN      | 538 5.7.11 TLS first",
        "auth login YW5u | auth login YW5u | 504 5.5.4 No LOGIN here",
        "AUTH PLAIN      | AUTH PLAIN      | 503 5.5.1 EHLO first",
        "AUTH CRAM-MD5   | AUTH CRAM-MD5   | 454 4.7.0 Later",
        "AUTH LOGIN      | YW5u            | 535 5.7.8 Nobody is called so",
      })
  void behindARefusalTheNextLineMayBeThePassword(String typed, String refused, String answer)
      throws IOException {
    Path transcript = folder.resolve("t.txt");
    try (ScriptedServer server =
        new ScriptedServer().on("AUTH LOGIN", "334 VXNlcm5hbWU6").on(refused, answer)) {
      String[] lines =
          typed.equals(refused)
              ? new String[] {typed, "c2VjcmV0", "NOOP"}
              : new String[] {typed, refused, "c2VjcmV0", "NOOP"};
      Evening.Seen seen = new Evening(server).lastStatus().keptIn(transcript).types(lines);
      assertThat(seen.code()).isEqualTo(Ending.AUTH);
      assertThat(server.lines()).endsWith(refused, "QUIT").doesNotContain("c2VjcmV0");
      assertThat(seen.screen()).contains(ENDS);
      assertThat(Files.readString(transcript)).contains(ENDS).doesNotContain("c2VjcmV0");
    }
  }

  @Test
  void inAGroupToo() throws IOException {
    try (ScriptedServer server = new ScriptedServer().on("AUTH", "538 5.7.11 TLS first")) {
      new Evening(server).types("/pipeline on", "NOOP", "AUTH LOGIN", "YW5u", "c2VjcmV0", "QUIT");
      assertThat(server.lines()).containsExactly("NOOP", "AUTH LOGIN", "QUIT");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AUTH PLAIN AGFubgBzZWNyZXQ= | NOOP     | NOOP",
        "AUTH                        | NOOP     | NOOP",
        "AUTH XOAUTH2                | *        | NOOP",
        "AUTH XOAUTH2                | dXNlcj0= | NOOP",
      })
  void whereNoSecretIsToComeTheConversationGoesOn(String first, String second, String third)
      throws IOException {
    try (ScriptedServer server =
        new ScriptedServer()
            .on("AUTH XOAUTH2", "334 ")
            .on("AUTH", "535 5.7.8 No")
            .on("*", "501 5.7.0 Given up")
            .on("dXNlcj0=", "535 5.7.8 No")) {
      Evening.Seen seen = new Evening(server).types(first, second, third);
      assertThat(server.lines()).containsExactly(first, second, third, "QUIT");
      assertThat(seen.screen()).doesNotContain(ENDS);
    }
  }

  @Test
  void thePasswordIsSpokenOfWhereThereIsOne() throws IOException {
    Authority authority = new Authority();
    Authority.Issued issued = authority.issue("mx.test");
    try (ScriptedServer server =
        new ScriptedServer()
            .offers("AUTH EXTERNAL PLAIN XOAUTH2")
            .encryptedFirst()
            .withTls(authority.showing(issued))
            .on("AUTH", "235 2.7.0 Ok")) {
      Evening evening =
          new Evening(server)
              .door(me.ehlo.call.Door.SMTPS)
              .trusting(new Trust("test", List.of(issued.authority())))
              .explained();
      assertThat(evening.types("EHLO me", "/auth ann EXTERNAL", "QUIT").screen())
          .contains("  # Logged in.\n");
      assertThat(evening.types("EHLO me", "/auth ann", "secret", "QUIT").screen())
          .contains("  # Logged in. The password is in no transcript and no history.\n");
      assertThat(evening.types("EHLO me", "/auth ann XOAUTH2", "t0ken", "QUIT").screen())
          .contains("  # Logged in. The access token is in no transcript and no history.\n");
    }
  }

  @Test
  void aPasswordWhereAMechanismMayStandIsNotRepeated() throws IOException {
    Path transcript = folder.resolve("t.txt");
    try (ScriptedServer server = new ScriptedServer().offers("AUTH PLAIN")) {
      new Evening(server).keptIn(transcript).types("EHLO me", "/auth ann secret", "QUIT");
      assertThat(Files.readString(transcript))
          .contains("*** not sent: behind the user stands no mechanism")
          .doesNotContain("secret");
    }
  }

  @Test
  void aListOfMechanismsIsNoLogin() {
    Progress progress = new Progress(Protocol.POP3);
    Heards.say(progress, "AUTH", "+OK");
    assertThat(progress.loggedIn()).isFalse();
    Heards.say(progress, "AUTH PLAIN AGFubgBz", "+OK");
    assertThat(progress.loggedIn()).isTrue();
  }

  @Test
  void whatIsSentRawIsKeptWithoutSecretsToo() throws IOException {
    Path transcript = folder.resolve("t.txt");
    try (ScriptedServer server =
        new ScriptedServer().on("EHLO", "").on("AUTH", "").on("PASS", "")) {
      new Evening(server)
          .keptIn(transcript)
          .types("/raw EHLO me\\r\\nAUTH PLAIN AGFubgBz\\r\\nPASS secret\\r\\n", "QUIT");
      assertThat(server.lines()).contains("AUTH PLAIN AGFubgBz", "PASS secret");
      assertThat(Files.readString(transcript))
          .contains("  > EHLO me\\r\\nAUTH PLAIN <not shown>")
          .doesNotContain("AGFub", "secret");
    }
  }
}
