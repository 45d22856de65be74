package me.ehlo.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import me.ehlo.call.ScriptedServer;
import org.junit.jupiter.api.Test;

/** {@code /again}: what went well before the connection was lost is not forgotten until it has gone well again. */
class AgainTest {
  private static final String LATER = "421 4.3.2 later" + ScriptedServer.HANGS_UP;

  @Test
  void aServerThatGoesAwayWhileItIsSaidHearsAllOfItTheNextTime() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer()
            .on("DATA", LATER, "354 Go ahead")
            .on("RCPT", "250 2.1.5 Ok", ScriptedServer.HANGS_UP, LATER, "250 2.1.5 Ok")) {
      new Evening(server)
          .person()
          .types(
              "EHLO me",
              "MAIL FROM:<a@b>",
              "RCPT TO:<c@d>",
              "DATA",
              "/again",
              "/again",
              "/again",
              "DATA",
              "x: y",
              ".",
              "QUIT");
      assertThat(server.mails()).containsExactly("x: y\r\n");
      assertThat(server.lines("RCPT")).hasSize(4);
    }
  }

  @Test
  void aServerThatIsStillAwayHearsAllOfItWhenItIsBack() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer().on("(greeting)", "220 mx.test", LATER, LATER, "220 mx.test")) {
      new Evening(server)
          .person()
          .types("EHLO me", "MAIL FROM:<a@b>", "/again", "/again", "/again", "QUIT");
      assertThat(server.lines())
          .containsExactly("EHLO me", "MAIL FROM:<a@b>", "EHLO me", "MAIL FROM:<a@b>", "QUIT");
    }
  }

  @Test
  void aRefusalIsNoLossAndTheRestIsForgotten() throws IOException {
    try (ScriptedServer server = new ScriptedServer().on("MAIL", "250 2.1.0 Ok", "550 5.7.1 No")) {
      new Evening(server).person().types("EHLO me", "MAIL FROM:<a@b>", "/again", "/again", "QUIT");
      assertThat(server.lines("MAIL")).hasSize(2);
      assertThat(server.lines("EHLO")).hasSize(3);
    }
  }

  @Test
  void aLoginIsAskedForBeforeTheMailIsSaidAgain() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer()
            .offers("AUTH PLAIN")
            .on("AUTH PLAIN", "235 2.7.0 Ok")
            .on("DATA", LATER, "354 Go ahead")) {
      Evening.Seen seen =
          new Evening(server)
              .person()
              .types(
                  "EHLO me",
                  "/auth ann",
                  "secret",
                  "MAIL FROM:<a@b>",
                  "RCPT TO:<c@d>",
                  "DATA",
                  "/again",
                  "/again",
                  "/auth ann",
                  "secret",
                  "/again",
                  "DATA",
                  "x: y",
                  ".",
                  "QUIT");
      assertThat(seen.screen())
          .contains("=== you were logged in here, and passwords are never kept: /auth first");
      String login = "AUTH PLAIN AGFubgBzZWNyZXQ=";
      assertThat(server.lines())
          .containsExactly(
              "EHLO me",
              login,
              "MAIL FROM:<a@b>",
              "RCPT TO:<c@d>",
              "DATA",
              "EHLO me",
              login,
              "MAIL FROM:<a@b>",
              "RCPT TO:<c@d>",
              "DATA",
              "QUIT");
      assertThat(server.mails()).hasSize(1);
    }
  }
}
