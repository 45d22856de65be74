package me.ehlo.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.ehlo.call.Door;
import me.ehlo.call.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that speak for a while over the connection on which somebody talks. */
class ScriptInTalkTest {
  @TempDir Path folder;

  @Test
  void itSaysWhereItGoesOtherwiseAndGivesThePromptBack() throws IOException {
    Path script =
        script(
            """
            given users c
            S: 220 *
            C: EHLO script
            S: 250 mx.test
            C: MAIL FROM:<a@b>
            S: 250 2.1.0 Ok
            C: RCPT TO:<c@d>
            S: 250 2.1.0 Ok
            C: DATA
            S: 354 *
            C: Subject: x
            C: .
            S: 250 2.0.0 *
            """);
    try (ScriptedServer server = new ScriptedServer()) {
      Evening.Seen seen =
          new Evening(server)
              .lastStatus()
              .types("NOOP", "/script " + script, "/script " + script + " codes", "/show", "QUIT");
      assertThat(server.lines("EHLO")).hasSize(2);
      assertThat(server.mails()).containsExactly("Subject: x\r\n", "Subject: x\r\n");
      assertThat(seen.screen())
          .containsSubsequence(
              "=== given users c: the server's to have",
              " -> EHLO script\n<-  250 mx.test\n -> MAIL FROM:<a@b>\n",
              "  | Subject: x\n  | .\n<-  250 2.0.0 Ok: queued as 4XyZ9\n",
              "*** " + script + ":8: expected  250 2.1.0 Ok,  said  250 2.1.5 Ok",
              "=== " + script + ": otherwise (status)",
              "=== " + script + ": as written",
              "closed after 0 s: 2 mails accepted, 2 recipients, 0 refused");
    }
  }

  @Test
  void whatItHasSaidCountsBehindIt() throws IOException {
    Path script =
        script(
            """
            C: EHLO script
            S: ...
            C: MAIL FROM:<a@b>
            C: RCPT TO:<c@d>
            S: 250 *
            S: 250 *
            """);
    try (ScriptedServer server = new ScriptedServer()) {
      Evening.Seen seen = new Evening(server).types("/script " + script, "/status", "/again");
      assertThat(seen.screen()).contains("from <a@b>, to <c@d>");
      assertThat(server.lines())
          .containsExactly(
              "EHLO script",
              "MAIL FROM:<a@b>",
              "RCPT TO:<c@d>",
              "EHLO script",
              "MAIL FROM:<a@b>",
              "RCPT TO:<c@d>",
              "QUIT");
    }
  }

  @Test
  void piecesAndLmtpAreUnderstood() throws IOException {
    Path script =
        script(
            """
            C: LHLO script
            S: ...
            C: MAIL FROM:<a@b>
            S: 250 *
            C: RCPT TO:<c@d>
            S: 250 *
            C: RCPT TO:<e@d>
            S: 250 *
            C: BDAT 6 LAST
            C: DATA
            S: 250 *
            S: 250 *
            """);
    try (ScriptedServer server = new ScriptedServer()) {
      Evening.Seen seen =
          new Evening(server).door(Door.LMTP).types("/script " + script, "/status", "QUIT");
      assertThat(seen.screen())
          .contains("  | DATA\n<-  250", ": as written", "no mail begun", "2 mails accepted");
      assertThat(server.mails()).containsExactly("DATA\r\n");
    }
  }

  @Test
  void aScriptMayEndTheConversation() throws IOException {
    Path script = script("C: QUIT\nS: 221 *\nthen connection is closed\n");
    try (ScriptedServer server = new ScriptedServer()) {
      Evening.Seen seen = new Evening(server).types("/script " + script, "/reconnect", "NOOP");
      assertThat(seen.screen())
          .contains(": as written", "=== the connection has ended with the script.");
      assertThat(server.lines()).containsExactly("QUIT", "NOOP", "QUIT");
    }
  }

  @Test
  void whatCannotBePlayedIsSaid() throws IOException {
    Path idle = script("C: NOOP\n! idle\nS: 421 *\n");
    Path bad = Files.writeString(folder.resolve("bad.smtp"), "what\n");
    Path pop3 = Files.writeString(folder.resolve("read.pop3"), "C: NOOP\nS: +OK\n");
    try (ScriptedServer server = new ScriptedServer()) {
      Evening.Seen seen =
          new Evening(server)
              .types(
                  "/script",
                  "/script " + idle,
                  "/script " + bad,
                  "/script " + pop3,
                  "/script " + folder.resolve("none.smtp"),
                  "QUIT");
      assertThat(server.lines()).containsExactly("QUIT");
      assertThat(seen.screen())
          .contains("*** /script FILE [codes | status | words]: play")
          .contains("cannot be played here: \"! idle\" befalls the server")
          .contains("bad.smtp:1: a line begins with")
          .contains("it is in POP3, and this server speaks another language")
          .contains("none.smtp cannot be read");
    }
  }

  @Test
  void tabGoesOnWithTheNamesOfFiles() throws IOException {
    Files.createDirectory(folder.resolve("mails"));
    Files.writeString(folder.resolve("mail.eml"), "");
    Files.writeString(folder.resolve(".mail"), "");
    String here = folder + "/";
    assertThat(FileNames.completing("/file " + here + "ma"))
        .containsExactly("/file " + here + "mail.eml", "/file " + here + "mails/");
    assertThat(FileNames.completing("/cert save " + here + ".m"))
        .containsExactly("/cert save " + here + ".mail");
    assertThat(FileNames.completing("/save " + here + "nowhere/x")).isEmpty();
    assertThat(FileNames.arePartOf("/script ")).isTrue();
    assertThat(FileNames.arePartOf("MAIL FROM:<")).isFalse();
  }

  private Path script(String text) throws IOException {
    return Files.writeString(folder.resolve("a.smtp"), text);
  }
}
