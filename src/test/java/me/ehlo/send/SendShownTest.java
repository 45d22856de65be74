package me.ehlo.send;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import me.ehlo.call.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much of a conversation is shown, and where; who is asked, and when. */
class SendShownTest {
  private final ScriptedServer server = new ScriptedServer();
  private final Sent sent = new Sent();

  @AfterEach
  void close() throws IOException {
    server.close();
    sent.close();
  }

  @Test
  void aLongMailIsShownInPart() {
    String body = "line\\n".repeat(100);
    send("--to", "bob@example.org", "--body", body);
    assertThat(sent.out()).contains(" more lines of the mail (--show-data shows them)");
    assertThat(sent.lines()).hasSizeLessThan(70);
    send("--to", "bob@example.org", "--body", body, "--show-data");
    assertThat(sent.lines()).hasSizeGreaterThan(110);
    send("--to", "bob@example.org", "--body", body, "--suppress-data");
    assertThat(sent.out()).doesNotContain("  | ").contains(" octets sent");
  }

  @Test
  void whatASilentCommandSays() {
    assertThat(send("--to", "bob@example.org", "--silent")).isZero();
    assertThat(sent.out() + sent.err()).isEmpty();
    assertThat(send("--to", "bob@example.org", "--quiet")).isZero();
    assertThat(sent.out() + sent.err()).isEmpty();
    server.on("RCPT", "550 5.1.1 No");
    send("--to", "bob@example.org", "--silent", "1");
    assertThat(sent.err()).contains(" -> EHLO client.test").contains("<** 550 5.1.1 No");
    send("--to", "bob@example.org", "--quiet");
    assertThat(sent.err()).doesNotContain("EHLO").contains("<** 550 5.1.1 No");
    send("--to", "bob@example.org", "--silent", "3");
    assertThat(sent.out() + sent.err()).isEmpty();
    send("--to", "bob@example.org", "--hide-all");
    assertThat(sent.out()).doesNotContain("EHLO").contains("<** 550 5.1.1 No");
  }

  @Test
  void refusalsAreExplainedAtATerminal() {
    server.on("RCPT", "550 5.1.1 <zed@example.org>: User unknown");
    send("--to", "zed@example.org");
    assertThat(sent.out()).doesNotContain("\n  # ");
    send("--to", "zed@example.org", "--explain");
    assertThat(sent.out()).contains("\n  # 5.1.1: ");
    sent.atTerminal();
    send("--to", "zed@example.org");
    assertThat(sent.out()).contains("\n  # 5.1.1: ");
  }

  @Test
  void whatIsOursFitsTheTerminalAndWhatWasSaidIsLeftAsItWas() {
    String said = "550 5.1.1 <zed@example.org>: User unknown, and more is said about it than fits";
    server.on("RCPT", said);
    sent.atTerminal().columns(40);
    send("--to", "zed@example.org");
    assertThat(sent.lines()).contains("<** " + said);
    assertThat(sent.lines())
        .filteredOn(line -> line.startsWith("  # ") || line.startsWith("==="))
        .isNotEmpty()
        .allMatch(line -> line.length() <= 40);
  }

  @Test
  void whoAndToWhomAreAskedForOnlyAtATerminal() {
    assertThat(send("--from", "a@b.example")).isEqualTo(2);
    assertThat(sent.err()).isEqualTo("to whom? Give --to ADDRESS");
    sent.atTerminal("bob@example.org");
    assertThat(send("--from", "a@b.example")).isZero();
    assertThat(server.lines("RCPT")).containsExactly("RCPT TO:<bob@example.org>");
  }

  @Test
  void whatAServerSaysMovesNoCursor() {
    server.on("RCPT", "550 5.1.1 \u001b[2Jgone");
    send("--to", "bob@example.org");
    assertThat(sent.out().getBytes(ISO_8859_1)).doesNotContain(0x1B);
    assertThat(sent.out()).contains("\\x1b[2Jgone");
  }

  private int send(String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--server";
    all[words.length + 1] = "127.0.0.1:" + server.port();
    return sent.send(all);
  }
}
