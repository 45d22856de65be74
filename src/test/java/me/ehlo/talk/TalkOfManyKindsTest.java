package me.ehlo.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import me.ehlo.call.Door;
import me.ehlo.call.ScriptedServer;
import me.ehlo.net.Authority;
import me.ehlo.net.Trust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversations encrypted, in groups, in chunks, by LMTP and by POP3. */
class TalkOfManyKindsTest {
  @TempDir Path folder;

  @Test
  void startTlsHappensInPlaceAndWhatHasChangedIsShown() throws IOException {
    Authority authority = new Authority();
    Authority.Issued issued = authority.issue("mx.test");
    try (ScriptedServer server =
        new ScriptedServer()
            .offers("SIZE 1000", "STARTTLS", "HELP")
            .withTls(authority.showing(issued))) {
      server.on(
          "EHLO",
          "250-mx.test|250-SIZE 1000|250-STARTTLS|250 HELP",
          "250-mx.test|250-SIZE 1000|250 HELP");
      Evening.Seen seen =
          new Evening(server)
              .trusting(new Trust("test", List.of(issued.authority())))
              .types("EHLO me", "STARTTLS", "/show", "QUIT");
      assertThat(seen.screen())
          .contains(" -> STARTTLS\n<-  220 2.0.0 Go ahead\n=== TLSv1.3, TLS_")
          .contains("=== certificate ok: mx.test, issued by ")
          .contains(
              """
               ~> EHLO me
              <~  250-mx.test
              <~  250 ... same as before, without STARTTLS   (/show prints it)
              """)
          .contains("  #   SIZE 1000\n  #   HELP\n")
          .contains(" ~> QUIT\n<~  221 2.0.0 Bye\n");
      assertThat(server.lines()).containsExactly("EHLO me", "STARTTLS", "EHLO me", "QUIT");
    }
  }

  @Test
  void everythingThatIsWrongWithACertificateIsSaid() throws IOException {
    Authority authority = new Authority();
    try (ScriptedServer server =
        new ScriptedServer()
            .offers("STARTTLS")
            .withTls(
                authority.showing(authority.issueFor(Duration.ofDays(-22), "elsewhere.test")))) {
      Evening.Seen seen = new Evening(server).types("EHLO me", "STARTTLS", "QUIT");
      assertThat(seen.code()).isZero();
      assertThat(seen.screen())
          .contains("*** TLS is on (TLSv1.3), but the certificate is not valid:")
          .containsPattern("\\*\\*\\*   EXPIRED     .*, 22 days ago         <- this is the problem")
          .contains("***   WRONG NAME  it is for elsewhere.test, not for mx.test")
          .contains("***   UNKNOWN CA");
      Evening.Seen strict = new Evening(server).strict().types("EHLO me", "STARTTLS", "QUIT");
      assertThat(strict.code()).isEqualTo(Ending.TLS);
      assertThat(strict.screen()).contains("--verify=strict").doesNotContain("~>");
    }
  }

  @Test
  void tlsMayComeFirstOrByAnOption() throws IOException {
    try (ScriptedServer server = new ScriptedServer().encryptedFirst()) {
      Evening.Seen seen = new Evening(server).door(Door.SMTPS).types("QUIT");
      assertThat(seen.screen()).contains("<~  220 mx.test ESMTP");
    }
    try (ScriptedServer server = new ScriptedServer().offers("STARTTLS").withTls()) {
      assertThat(new Evening(server).tls().types("NOOP").screen()).contains(" ~> NOOP");
      assertThat(server.lines())
          .startsWith("EHLO client.example", "STARTTLS", "EHLO client.example");
    }
  }

  @Test
  void tlsThatWasAskedForIsADemandInAPipe() throws IOException {
    for (String refusal : List.of("454 4.7.0 Not now", "500 5.5.1 What?")) {
      try (ScriptedServer server = new ScriptedServer().on("STARTTLS", refusal)) {
        Evening.Seen seen = new Evening(server).tls().types("MAIL FROM:<a@b>", "QUIT");
        assertThat(seen.code()).isEqualTo(Ending.TLS);
        assertThat(seen.screen())
            .contains("*** --tls: the connection is NOT encrypted; no further than this.");
        assertThat(server.lines()).containsExactly("EHLO client.example", "STARTTLS", "QUIT");
      }
    }
  }

  @Test
  void behindTlsThatWasRefusedAPipeEnds() throws IOException {
    try (ScriptedServer server = new ScriptedServer().on("STARTTLS", "454 4.7.0 Not now")) {
      Evening.Seen seen = new Evening(server).types("EHLO me", "/tls", "MAIL FROM:<a@b>", "QUIT");
      assertThat(seen.code()).isEqualTo(Ending.TLS);
      assertThat(server.lines()).containsExactly("EHLO me", "STARTTLS", "QUIT");
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 0", "true, 29"})
  void aPersonIsToldAloudThatThereIsNoTls(boolean strict, int code) throws IOException {
    try (ScriptedServer server = new ScriptedServer().on("STARTTLS", "454 4.7.0 Not now")) {
      Evening evening = strict ? new Evening(server).tls().strict() : new Evening(server).tls();
      Evening.Seen seen = evening.person().types("NOOP", "QUIT");
      assertThat(seen.code()).isEqualTo(code);
      assertThat(seen.screen()).contains("*** --tls: the connection is NOT encrypted");
      assertThat(server.lines().contains("NOOP")).isNotEqualTo(strict);
    }
  }

  @Test
  void aGroupIsSentTogetherAndEachAnswerIsHeard() throws IOException {
    try (ScriptedServer server = new ScriptedServer().offers("PIPELINING")) {
      Evening.Seen seen =
          new Evening(server)
              .types(
                  "EHLO me",
                  "/pipeline on",
                  "MAIL FROM:<a@b>",
                  "RCPT TO:<c@d>",
                  "RCPT TO:<e@f>",
                  "DATA",
                  "x: y",
                  ".",
                  "/pipeline off",
                  "QUIT");
      assertThat(seen.screen())
          .contains(
              """
               -> MAIL FROM:<a@b>
               -> RCPT TO:<c@d>
               -> RCPT TO:<e@f>
               -> DATA
              <-  250 2.1.0 Ok
              <-  250 2.1.5 Ok
              <-  250 2.1.5 Ok
              <-  354 Go ahead
              """);
      assertThat(server.mails()).hasSize(1);
    }
  }

  @Test
  void aChunkComesBehindWhatWasGathered() throws IOException {
    try (ScriptedServer server = new ScriptedServer().offers("PIPELINING", "CHUNKING")) {
      new Evening(server)
          .types(
              "EHLO me",
              "/pipeline on",
              "MAIL FROM:<a@b>",
              "RCPT TO:<c@d>",
              "BDAT 6",
              "a: b",
              "BDAT 5 LAST",
              "..x",
              "MAIL FROM:<a@b>");
      assertThat(server.mails()).containsExactly("a: b\r\n..x\r\n");
      assertThat(server.lines())
          .containsExactly(
              "EHLO me",
              "MAIL FROM:<a@b>",
              "RCPT TO:<c@d>",
              "BDAT 6",
              "BDAT 5 LAST",
              "MAIL FROM:<a@b>",
              "QUIT");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "VRFY x",
    "EXPN x",
    "NOOP",
    "DATA",
    "QUIT",
    "EHLO you",
    "STARTTLS",
    "/raw NOOP\\r\\n"
  })
  void aGroupEndsWhereItMust(String last) throws IOException {
    try (ScriptedServer server = new ScriptedServer().on("STARTTLS", "454 4.7.0 No")) {
      Evening.Seen seen =
          new Evening(server).types("/pipeline on", "MAIL FROM:<a@b>", last, "RSET");
      assertThat(seen.screen().split("RSET", 2)[0]).contains("<-  250 2.1.0 Ok\n");
    }
  }

  @Test
  void aChunkTakesAsManyOctetsAsItSaid() throws IOException {
    try (ScriptedServer server = new ScriptedServer().offers("CHUNKING")) {
      new Evening(server)
          .types(
              "EHLO me", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "BDAT 11 LAST", "a: b", "..x", "QUIT");
      assertThat(server.mails()).containsExactly("a: b\r\n..x\r\n");
      assertThat(server.lines()).endsWith("QUIT");
    }
  }

  @ParameterizedTest
  @CsvSource({"'', DATA", "' bdat', BDAT"})
  void aFileIsSentAsTheMail(String how, String command) throws IOException {
    Path file = Files.writeString(folder.resolve("m.eml"), "Subject: x\n\n.dot\n");
    try (ScriptedServer server = new ScriptedServer().offers("CHUNKING")) {
      Evening.Seen seen =
          new Evening(server)
              .types("EHLO me", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "/file " + file + how, "QUIT");
      assertThat(server.mails()).containsExactly("Subject: x\r\n\r\n.dot\r\n");
      assertThat(server.lines(command)).hasSize(1);
      assertThat(seen.screen()).contains("octets of " + file + " sent, its line endings as CRLF");
    }
  }

  @Test
  void whatAFileHasIsNotMissed() throws IOException {
    Path file =
        Files.writeString(folder.resolve("m.eml"), "Date: today\nMessage-ID: <1@b>\n\nHello\n");
    try (ScriptedServer server = new ScriptedServer()) {
      Evening.Seen seen =
          new Evening(server)
              .explained()
              .types("EHLO me", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "/file " + file, "QUIT");
      assertThat(seen.screen()).contains("Their reference is 4XyZ9.\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"DATA, .", "BDAT 12 LAST, x: y"})
  void lmtpAnswersForEachRecipient(String command, String last) throws IOException {
    try (ScriptedServer server =
        new ScriptedServer()
            .on("(dot)", "250 2.1.5 Ok", "450 4.2.2 full")
            .on("BDAT", "250 2.1.5 Ok", "450 4.2.2 full")) {
      Evening.Seen seen =
          new Evening(server)
              .door(Door.LMTP)
              .lastStatus()
              .types(
                  "LHLO me",
                  "MAIL FROM:<a@b>",
                  "RCPT TO:<c@d>",
                  "RCPT TO:<e@f>",
                  command,
                  "x: y",
                  last,
                  "QUIT");
      assertThat(seen.screen())
          .contains("  | " + last + "\n<-  250 2.1.5 Ok\n<** 450 4.2.2 full\n")
          .contains("1 mail accepted, 1 recipient, 1 refused (450 4.2.2)");
      assertThat(seen.code()).isEqualTo(Ending.PARTLY);
    }
  }

  @Test
  void pop3IsShownWithAllItsLines() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer()
            .on("(greeting)", "+OK ready")
            .on("USER", "+OK")
            .on("PASS", "-ERR [AUTH] no", "+OK 1 message")
            .on("RETR", "+OK|Subject: x||..dot|.")
            .on("DELE", "-ERR no such message")
            .on("QUIT", "+OK bye" + ScriptedServer.HANGS_UP)) {
      Evening.Seen seen =
          new Evening(server)
              .door(Door.POP3)
              .types("USER ann", "PASS wrong", "PASS secret", "RETR 1", "QUIT");
      assertThat(seen.screen())
          .contains(
              " -> PASS <not shown>\n<** -ERR [AUTH] no\n -> PASS <not shown>\n<-  +OK 1 message\n")
          .contains(" -> RETR 1\n<-  +OK\n<-  Subject: x\n<-\n<-  ..dot\n<-  .\n");
      Evening.Seen explained = new Evening(server).door(Door.POP3).explained().types("DELE 1");
      assertThat(explained.screen()).contains("-ERR: not done.").doesNotContain("5xx");
    }
  }

  @ParameterizedTest
  @CsvSource({"'|SASL PLAIN LOGIN', 'PLAIN, LOGIN'", "'', USER and PASS"})
  void aMechanismThatCannotBeUsedIsNotReplacedByThePasswordInTheClear(String sasl, String offered)
      throws IOException {
    try (ScriptedServer server =
        new ScriptedServer()
            .on("(greeting)", "+OK ready")
            .on("CAPA", "+OK|USER" + sasl + "|.")
            .on("QUIT", "+OK bye" + ScriptedServer.HANGS_UP)) {
      Evening.Seen seen =
          new Evening(server)
              .door(Door.POP3)
              .types("/auth ann SCRAM-SHA-256-PLUS", "secret", "QUIT");
      assertThat(seen.screen())
          .contains(
              "*** not sent: SCRAM-SHA-256-PLUS cannot be done here, offered are " + offered + ".");
      assertThat(server.lines()).containsExactly("CAPA", "QUIT");
    }
  }

  @Test
  void anAnswerStandsInFrontOfWhatItIsAnsweredWith() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer()
            .offers("AUTH LOGIN")
            .on("AUTH LOGIN", "334 VXNlcm5hbWU6")
            .on("YW5u", "334 UGFzc3dvcmQ6")
            .on("c2VjcmV0", "235 2.7.0 Welcome")) {
      Evening.Seen seen = new Evening(server).types("EHLO me", "/auth ann", "secret", "QUIT");
      assertThat(seen.screen())
          .containsSubsequence(
              " -> AUTH LOGIN",
              "<-  334 VXNlcm5hbWU6",
              " -> YW5u",
              "<-  334 UGFzc3dvcmQ6",
              " -> <the password>",
              "<-  235 2.7.0 Welcome");
    }
  }
}
