package me.ehlo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import me.ehlo.call.ScriptedServer;
import me.ehlo.config.Surroundings;
import me.ehlo.control.Typed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ehlo send} as it is typed at a shell, through the front door. */
class SendCommandTest {
  @TempDir Path folder;

  private final ScriptedServer server = new ScriptedServer();
  private Typed typed = Typed.input("");

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void recipesOfSwaksCarryOver() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "attached");
    int exit =
        ehlo(
            "send",
            "-t",
            "bob@example.org",
            "-f",
            "me@example.net",
            "-s",
            "127.0.0.1:" + server.port(),
            "--helo",
            "client.example.net",
            "--h-Subject",
            "figures",
            "--header",
            "X-One: 1",
            "-ah",
            "X-Two: 2",
            "--body",
            "Hello\\nBob",
            "--attach-type",
            "text/x-log",
            "--attach",
            "@" + file,
            "-n");
    assertThat(exit).isZero();
    assertThat(server.lines())
        .containsExactly(
            "EHLO client.example.net",
            "MAIL FROM:<me@example.net>",
            "RCPT TO:<bob@example.org>",
            "DATA",
            "QUIT");
    assertThat(server.mails().getFirst())
        .contains("\r\nSubject: figures\r\n", "\r\nX-One: 1\r\n", "\r\nX-Two: 2\r\n")
        .contains("\r\nHello\r\nBob\r\n")
        .contains("Content-Type: text/x-log\r\n", "filename=a.txt");
    assertThat(typed.out()).doesNotContain("  | ").contains(" octets sent");
  }

  @Test
  void moreRecipesOfSwaks() {
    typed = Typed.input("Subject: from input\n\nhello\n");
    String where = "127.0.0.1:" + server.port();
    server.offers("PIPELINING");
    assertThat(ehlo("send", "-q", "RCPT", "-t", "a@b.example", "-s", where, "-ha")).isZero();
    assertThat(typed.out()).isEmpty();
    assertThat(ehlo("send", "--to", "a@b.example", "--server", where, "-g", "--pipeline", "-4"))
        .isZero();
    assertThat(server.mails().getFirst()).isEqualTo("Subject: from input\r\n\r\nhello\r\n");
    assertThat(
            ehlo(
                "send",
                "-to",
                "a@b.example",
                "-from",
                "<>",
                "-server",
                where,
                "--timeout",
                "10s",
                "--protocol",
                "ESMTP",
                "--suppress-data",
                "-ahp"))
        .isZero();
    assertThat(
            ehlo("send", "-t", "a@b.example", "-s", where, "--h-From:", "\"Fred\" <f@b.example>"))
        .isZero();
    assertThat(server.mails().getLast()).contains("\r\nFrom: \"Fred\" <f@b.example>\r\n");
    assertThat(ehlo("send", "-t", "a@b.example", "-s", where, "--da", "MAIL")).isZero();
    assertThat(ehlo("send", "-t", "a@b.example", "-s", where, "--das", "RCPT")).isZero();
  }

  @Test
  void theHelpFitsWhatAPersonReads() {
    assertThat(ehlo("send", "--help")).isZero();
    String brief = typed.out();
    assertThat(brief.lines()).hasSizeLessThan(50).allMatch(line -> line.length() <= 84);
    assertThat(brief)
        .startsWith("Send a mail, and see the conversation.\nUsage: ehlo send --to ADDRESS")
        .contains("\n  -t, --to ADDRESS            To whom; several with commas between.\n")
        .contains("ehlo send --help-all explains all options.")
        .doesNotContain("--chunking");
    typed = Typed.input("");
    assertThat(ehlo("help", "send")).isZero();
    assertThat(typed.out()).isEqualTo(brief);
    typed = Typed.input("");
    assertThat(ehlo("send", "--help-all")).isZero();
    assertThat(typed.out())
        .contains("\nThe mail\n", "\nWhom to call\n", "\nTLS\n", "\nInstead of a mail\n")
        .contains("--chunking", "--drop-after-send POINT", "--config FILE");
    assertThat(typed.out().lines()).allMatch(line -> line.length() <= 84);
  }

  @Test
  void wordsThatAreNoOptionsAreRecipientsToo() {
    assertThat(
            ehlo(
                "send",
                "--to",
                "a@b.example",
                "c@d.example",
                "--server",
                "127.0.0.1",
                "--port",
                "" + server.port(),
                "e@f.example"))
        .isZero();
    assertThat(server.lines("RCPT"))
        .containsExactly("RCPT TO:<a@b.example>", "RCPT TO:<c@d.example>", "RCPT TO:<e@f.example>");
  }

  @Test
  void theWholeMailMayComeFromInput() {
    typed = Typed.input("Subject: x\n\nhello\n");
    assertThat(
            ehlo(
                "send", "--to", "a@b.example", "--server", "127.0.0.1:" + server.port(), "-d", "-"))
        .isZero();
    assertThat(server.mails()).containsExactly("Subject: x\r\n\r\nhello\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "send                             | ehlo send: to whom? Give --to ADDRESS",
        "send --serve x                   | ehlo send: there is no option --serve; did you mean --server?",
        "send --to a@b.example --ca /none --tls | ehlo send: ",
        "send --to nobody                 | ehlo send: --to: \"nobody\" is no address",
        "send --to a@b.example -ap secret | ehlo send: a password on the command line can be read",
        "send --to a@b.example -apt       | ehlo send: --auth-plaintext: a password is never shown",
        "send --to a@b.example --data secret.eml | ehlo send: --data: ",
        "send --to a@b.example --body pom.xml | ehlo send: --body: there is a file \"pom.xml\"; write @pom.xml",
        "send --to a@b.example --pipe sh  | ehlo send: there is no option --pipe: let the program listen at a socket, and",
        "send --to a@b.example --pipe=sh  | ehlo send: there is no option --pipe: let the program listen at a socket, and",
        "send --to a@b.example --prdr     | ehlo send: there is no option --prdr: an answer for each recipient is LMTP's",
        "send --to a@b.example --tls-protocol tlsv1 | ehlo send: there is no option --tls-protocol: TLS 1.3 is spoken",
        "send --to a@b.example --dump     | ehlo send: there is no option --dump: to see all without sending a mail",
      })
  void aMistakeIsOneSentenceAndExitsWith2(String line, String said) {
    assertThat(ehlo(line.split(" "))).isEqualTo(2);
    assertThat(typed.err()).startsWith(said).doesNotContain("secret ");
    assertThat(typed.err().lines()).hasSize(2).last().isEqualTo("See: ehlo help send");
  }

  private int ehlo(String... args) {
    return Main.run(
        typed.streams(),
        new Surroundings(Map.of(), folder, folder.resolve("system.toml"), () -> "client.example"),
        args);
  }
}
