package me.ehlo.talk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.ehlo.call.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Octets that are no text, or that nobody means to type: a character stands for one of them here. */
class OctetsInTalkTest {
  @TempDir Path folder;

  @Test
  void whatIsNoUtf8ArrivesAsItWasAndIsShownAsWhatItIs() throws IOException {
    Path transcript = folder.resolve("t.txt");
    Path saved = folder.resolve("s.json");
    try (ScriptedServer server = new ScriptedServer().on("NOOP", "")) {
      Evening.Seen seen =
          pipes(
              new Evening(server).keptIn(transcript),
              "EHLO J\u00fcrgen",
              "/raw NOOP \u00fc\\r\\n",
              "MAIL FROM:<a@b>",
              "RCPT TO:<c@d>",
              "DATA",
              "Subject: J\u00fcrgen",
              ".\u00fc",
              ".",
              "/j\u00fc",
              "/save " + saved,
              "QUIT");
      assertThat(server.lines()).contains("EHLO J\u00fcrgen", "NOOP \u00fc");
      assertThat(server.mails()).containsExactly("Subject: J\u00fcrgen\r\n.\u00fc\r\n");
      assertThat(seen.screen())
          .contains(" -> EHLO J\\xfcrgen\n", "  > NOOP \\xfc\\r\\n\n", "  | Subject: J\\xfcrgen\n")
          .contains("*** there is no /j\\xfc.");
      assertThat(Files.readString(transcript))
          .contains(" -> EHLO J\\xfcrgen\n", "  | Subject: J\\xfcrgen\n", "<-  221 2.0.0 Bye\n");
      assertThat(Files.readString(saved)).contains("Subject: J\\\\xfcrgen");
    }
  }

  @Test
  void aChunkCountsItAsOneOctet() throws IOException {
    try (ScriptedServer server = new ScriptedServer().offers("CHUNKING")) {
      Evening.Seen seen =
          pipes(
              new Evening(server),
              "EHLO me",
              "MAIL FROM:<a@b>",
              "RCPT TO:<c@d>",
              "BDAT 8",
              "a: J\u00fcr",
              "BDAT 3 LAST",
              "ab\u00c3\u00bc", // a letter of two octets, and the chunk ends between them
              "QUIT");
      assertThat(server.mails()).containsExactly("a: J\u00fcr\r\nab\u00c3");
      assertThat(server.lines()).endsWith("BDAT 3 LAST", "QUIT");
      assertThat(seen.screen()).contains("  | a: J\\xfcr\n", "  | ab\\xc3\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NOOP \b\033[A | octet \\x08 at column 6. On purpose: /raw NOOP \\x08 ... \\r\\n | 25",
        "NOOP \177 | octet \\x7f at column 6. On purpose: /raw NOOP \\x7f\\r\\n | 25",
        "RCPT TO:<\\\ud83d\ude00\b> | octet \\x08 at column 12. On purpose: /raw RCPT TO:<\\\\\ud83d\ude00\\x08 ... \\r\\n | 24",
        "PAST\bS secret | octet \\x08 at column 5. On purpose: /raw PAST\\x08 ... \\r\\n | 25",
        "'PASS secret\b' | octet \\x08 at column 12. Only /raw sends such octets, written as this one is here. | 28",
        "/status\033[A | octet \\x1b at column 8. Only /raw sends such octets, written as this one is here. | 25",
      })
  void noControlIsSentByAccident(String line, String said, int code) throws IOException {
    Path transcript = folder.resolve("t.txt");
    try (ScriptedServer server = new ScriptedServer()) {
      Evening.Seen seen =
          new Evening(server).keptIn(transcript).types("EHLO\tme", line, "DATA", "QUIT");

      assertThat(server.lines()).containsExactly("EHLO\tme", "QUIT");
      assertThat(seen.code()).isEqualTo(code);
      assertThat(seen.screen())
          .contains("*** not sent: " + said + "\n")
          .contains("*** the conversation ends here, for what comes next may count on this line.\n")
          .doesNotContain("\b", "\033", "\177", "secret");
      assertThat(Files.readString(transcript))
          .contains(said)
          .doesNotContain("\b", "\033", "\177", "secret");
    }
  }

  @Test
  void norInAnAnswerToAChallenge() throws IOException {
    try (ScriptedServer server = new ScriptedServer().on("AUTH LOGIN", "334 VXNlcm5hbWU6")) {
      Evening.Seen seen = new Evening(server).types("AUTH LOGIN", "YW\b5u", "c2VjcmV0", "QUIT");
      assertThat(server.lines()).containsExactly("AUTH LOGIN");
      assertThat(seen.code()).isEqualTo(Ending.AUTH);
      assertThat(seen.screen())
          .contains("*** not sent: octet \\x08 at column 3. No answer to a challenge has one;");
    }
  }

  @ParameterizedTest
  @CsvSource({"DATA, .", "BDAT 20 LAST, ''"})
  void aMailMayHoldThemAndTheScreenMayNot(String command, String end) throws IOException {
    Path transcript = folder.resolve("t.txt");
    try (ScriptedServer server = new ScriptedServer().offers("CHUNKING")) {
      Evening.Seen seen =
          new Evening(server)
              .keptIn(transcript)
              .types(
                  "EHLO me",
                  "MAIL FROM:<a@b>",
                  "RCPT TO:<c@d>",
                  command,
                  "a: \033$BF|K\\\033(B\t\bxyz", // ISO-2022-JP
                  end,
                  "QUIT");
      assertThat(server.mails())
          .singleElement()
          .asString()
          .startsWith("a: \033$BF|K\\\033(B\t\bxyz");
      assertThat(seen.screen())
          .contains("  | a: \\x1b$BF|K\\\\x1b(B\t\\x08xyz\n")
          .doesNotContain("\033", "\b");
      assertThat(Files.readString(transcript))
          .contains("  | a: \\x1b$BF|K\\\\x1b(B\t\\x08xyz\n")
          .doesNotContain("\033", "\b");
    }
  }

  private static Evening.Seen pipes(Evening evening, String... lines) {
    String typed = String.join("\n", lines) + "\n";
    return evening.reads(new ByteArrayInputStream(typed.getBytes(ISO_8859_1)));
  }
}
