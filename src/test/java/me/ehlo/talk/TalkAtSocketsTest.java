package me.ehlo.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.ehlo.call.Door;
import me.ehlo.call.ScriptedServer;
import me.ehlo.net.LocalServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations through sockets in the file system. */
class TalkAtSocketsTest {
  @TempDir Path folder;

  @Test
  void lmtpAsDovecotHasIt() throws IOException {
    Path socket = folder.resolve("lmtp");
    try (ScriptedServer server = new ScriptedServer(LocalServerSocket.at(socket))) {
      Evening.Seen seen =
          new Evening(new Target.Socket(socket))
              .door(Door.LMTP)
              .explained()
              .types(
                  "LHLO me",
                  "MAIL FROM:<a@b>",
                  "RCPT TO:<c@d>",
                  "RCPT TO:<e@d>",
                  "DATA",
                  "Subject: x",
                  ".",
                  "QUIT");
      assertThat(seen.code()).isZero();
      assertThat(seen.lines().getFirst())
          .matches("=== connecting to .*/lmtp ... connected in [0-9]+ ms");
      assertThat(seen.screen())
          .containsPattern("(<-  250 2.0.0 Ok: queued as 4XyZ9\n(  # .*\n)*){2}")
          .contains("2 recipients, 0 refused");
      assertThat(server.mails()).containsExactly("Subject: x\r\n");
    }
  }

  @Test
  void aPasswordMayBeSentAndTheSameSocketIsFoundAgain() throws IOException {
    Path socket = folder.resolve("s");
    try (ScriptedServer server =
        new ScriptedServer(LocalServerSocket.at(socket))
            .offers("AUTH PLAIN")
            .on("AUTH", "235 2.7.0 Ok")) {
      Evening.Seen seen =
          new Evening(new Target.Socket(socket))
              .types("EHLO me", "/auth ann", "secret", "/again", "/reconnect", "/status", "QUIT");
      assertThat(seen.screen())
          .contains("<-  235 2.7.0 Ok", "  # " + socket + ", no TLS")
          .doesNotContain("not sent");
      assertThat(server.lines("EHLO")).hasSize(2);
    }
  }

  @Test
  void aPortAloneMeansThisMachineThen() throws IOException {
    Path socket = folder.resolve("s");
    try (ScriptedServer there = new ScriptedServer(LocalServerSocket.at(socket));
        ScriptedServer here = new ScriptedServer()) {
      new Evening(new Target.Socket(socket))
          .types("NOOP", "/reconnect " + here.port(), "RSET", "/reconnect --socket " + socket);
      assertThat(there.lines()).containsExactly("NOOP", "QUIT");
      assertThat(here.lines()).containsExactly("RSET");
    }
  }

  @Test
  void whyNobodyAnswersIsSaidInItsOwnWords() throws IOException {
    assertThat(at("none"))
        .contains("there is no such socket", "  # The server is not running, or keeps its socket");
    Files.writeString(folder.resolve("file"), "");
    assertThat(at("file"))
        .contains("refused: nobody listens there", "  # The socket was left behind");
  }

  private String at(String name) {
    Evening.Seen seen =
        new Evening(new Target.Socket(folder.resolve(name))).explained().types("NOOP");
    assertThat(seen.code()).isEqualTo(Ending.NO_CONNECTION);
    return seen.screen();
  }
}
