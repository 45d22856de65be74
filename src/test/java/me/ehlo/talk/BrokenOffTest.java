package me.ehlo.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import me.ehlo.call.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversations that came to an early end, of which nobody but the exit code tells a script. */
class BrokenOffTest {
  private static final String[] MAIL = {
    "EHLO me", "NOOP", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA", "x: y", ".", "QUIT"
  };

  @ParameterizedTest
  @CsvSource({
    "EHLO,  (hangs up),                22",
    "NOOP,  (hangs up),                20",
    "MAIL,  (hangs up),                23",
    "RCPT,  (hangs up),                24",
    "DATA,  (hangs up),                25",
    "(dot), (hangs up),                26",
    "MAIL,  421 4.3.2 later(hangs up), 23",
    "(dot), 421 4.3.2 later(hangs up), 26",
    "QUIT,  (hangs up),                0",
    "MAIL,  550 5.7.1 No,              0",
    "(dot), 550 5.7.1 No,              0",
  })
  void aConversationThatIsLostInAPipeFailsAndOneWithRefusalsDoesNot(
      String when, String answer, int code) throws IOException {
    try (ScriptedServer server = new ScriptedServer().on(when, answer)) {
      if (code == 0 && when.equals("MAIL")) {
        server.on("DATA", "503 5.5.1 MAIL first");
      }
      assertThat(new Evening(server).types(MAIL).code()).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "554 5.7.1 Go away,            QUIT",
    "554 5.7.1 Go away(hangs up),  QUIT",
    "421 4.3.2 later(hangs up),    ''",
    "SSH-2.0-OpenSSH_10.0,         ''"
  })
  void aServerThatDoesNotWantToTalkIsToldGoodbye(String greeting, String said) throws IOException {
    try (ScriptedServer server = new ScriptedServer().on("(greeting)", greeting)) {
      Evening.Seen seen = new Evening(server).explained().types("EHLO me", "QUIT");
      assertThat(seen.code()).isEqualTo(Ending.GREETING);
      assertThat(seen.screen().contains(" -> QUIT\n")).isEqualTo(said.equals("QUIT"));
      if (!greeting.endsWith(ScriptedServer.HANGS_UP)) {
        assertThat(server.lines()).containsAll(said.lines().toList()).hasSize(said.length() / 4);
      }
    }
  }

  @Test
  void behindTheLastDotNobodyKnowsWhatBecameOfTheMail() throws IOException {
    try (ScriptedServer server = new ScriptedServer().on("(dot)", ScriptedServer.HANGS_UP)) {
      assertThat(new Evening(server).explained().types(MAIL).screen())
          .contains("nobody knows whether it was accepted")
          .doesNotContain("it was not sent");
    }
  }

  @ParameterizedTest
  @CsvSource({"DATA", "BDAT 100 LAST"})
  void anInputThatEndsInsideAMailFails(String command) throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      assertThat(
              new Evening(server)
                  .types("EHLO me", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", command, "x: y")
                  .code())
          .isEqualTo(Ending.DATA);
    }
  }

  @ParameterizedTest
  @CsvSource({"HELP, secret", "AUTH PLAIN, ''"})
  void aLoginThatCannotBeTriedFails(String offered, String password) throws IOException {
    List<String> typed =
        password.isEmpty()
            ? List.of("EHLO me", "/auth ann")
            : List.of("EHLO me", "/auth ann", password);
    try (ScriptedServer server = new ScriptedServer().offers(offered)) {
      assertThat(new Evening(server).types(typed.toArray(String[]::new)).code())
          .isEqualTo(Ending.AUTH);
      assertThat(server.lines()).containsExactly("EHLO me", "QUIT");
    }
  }

  @Test
  void aLoginInWhichTheConnectionIsLostFails() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer().offers("AUTH PLAIN").on("AUTH", ScriptedServer.HANGS_UP)) {
      assertThat(new Evening(server).types("EHLO me", "/auth ann", "secret").code())
          .isEqualTo(Ending.AUTH);
    }
  }

  @Test
  void whoDoesNotFindTheWayElsewhereFails() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      assertThat(new Evening(server).types("EHLO me", "/reconnect 1").code())
          .isEqualTo(Ending.NO_CONNECTION);
      assertThat(new Evening(server).types("/reconnect 1", "/reconnect " + server.port()).code())
          .isZero();
    }
  }
}
