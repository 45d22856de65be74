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

/** Octets that are no text, or that nobody means to type: a character stands for one of them here. */
class OctetsInTalkTest {
  @TempDir Path folder;

  @Test
  void whatIsNoUtf8ArrivesAsItWasAndIsShownAsWhatItIs() throws IOException {
    Path transcript = folder.resolve("t.txt");
    Path saved = folder.resolve("s.json");
    try (ScriptedServer server = new ScriptedServer()) {
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

  private static Evening.Seen pipes(Evening evening, String... lines) {
    String typed = String.join("\n", lines) + "\n";
    return evening.reads(new ByteArrayInputStream(typed.getBytes(ISO_8859_1)));
  }
}
