package me.ehlo.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import me.ehlo.net.Dialer;
import me.ehlo.net.TlsClient;
import me.ehlo.relay.OddServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path folder;

  /** The server greets as odd.test and says 250 well to nearly everything, and 503 5.5.1 to RCPT. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "S: 220 *;C: NOOP;S: 250 *                    | words  | 0  | as written",
        "S: 220 *;C: RCPT TO:<a@b>;S: 503 5.5.1 *     | words  | 0  | as written",
        "S: 220 *;C: NOOP;S: 250 fine                 | words  | 30 | (words)",
        "S: 220 *;C: NOOP;S: 250 fine                 | status | 0  | as written",
        "S: 220 *;C: RCPT TO:<a@b>;S: 503 5.5.2 *     | words  | 30 | (status)",
        "S: 220 *;C: RCPT TO:<a@b>;S: 503 5.5.2 *     | codes  | 0  | as written",
        "S: 220 *;C: RCPT TO:<a@b>;S: 5xx             | words  | 0  | as written",
        "S: 220 *;C: RCPT TO:<a@b>;S: 250 *           | codes  | 30 | (code)",
        "S: 220 *;C: EHLO x;S: 250-*;S: ...           | words  | 0  | as written",
        "S: 220 *;C: NOOP;C: RCPT TO:<a@b>;S: 250 *;S: 503 * | words | 0 | as written",
        "S: 220 *;C: NOOP;C: NOOP;S: 250 *            | codes  | 30 | (code)",
        "S: 220 *;C: QUIT;S: 221 *;then connection is closed | words | 0 | as written",
        "S: 220 *;C: NOOP;S: 250 *;then connection is closed | words | 30 | it is still open",
        "S: 220 *;C: QUIT;S: 221 *;C: NOOP;S: 250 *   | codes  | 30 | (lost)",
        "S: 220 *;! idle;S: 421 *                     | words  | 2  | *** Nothing was played, so nothing is known",
        "S: 220 *;C: DATA;S: 503 *;C: NOOP;S: 250 *   | codes  | 30 | 0 as written, 1 otherwise",
        "C& NOOP                                      | words  | 2  | a line begins with",
      })
  void whatDiffersIsSaid(String script, String level, int code, String said) throws Exception {
    Path file = folder.resolve("it.smtp");
    Files.writeString(file, script.strip().replace(';', '\n'));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OddServer server = OddServer.answering(ScriptsTest::answer)) {
      assertThat(play(server, level, out, file)).isEqualTo(code);
    }
    assertThat(out.toString(UTF_8)).contains(said);
  }

  @Test
  void aDifferenceIsShownWithItsPlaceAndTheWholeConversation() throws Exception {
    Path file = folder.resolve("it.smtp");
    Files.writeString(file, "given users bob\nS: 220 *\nC: NOOP\nS: 250 fine\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OddServer server = OddServer.answering(ScriptsTest::answer)) {
      play(server, "words", out, folder);
    }
    assertThat(out.toString(UTF_8).replace(folder.toString(), "."))
        .isEqualTo(
            """
            otherwise   ./it.smtp   (words)
                === given users bob: the server's to have
                <-  220 odd.test ESMTP
                 -> NOOP
                <-  250 well
                *** ./it.smtp:4: expected  250 fine,  said  250 well
            === 0 as written, 1 otherwise, 0 not played
            """);
  }

  private static int play(OddServer server, String level, ByteArrayOutputStream out, Path file)
      throws IOException, NoSuchAlgorithmException {
    Dialer dialer = new Dialer("test");
    Destination to = new Destination("odd.test", server.peer().address());
    TlsClient tls = new TlsClient(SSLContext.getDefault());
    Scripts scripts =
        new Scripts(
            (_, teller) ->
                new Call(dialer, to, Protocol.SMTP, InstantSource.system(), teller, PATIENCE),
            () -> tls,
            PATIENCE,
            Scripts.Level.valueOf(level.toUpperCase(Locale.ROOT)),
            new PrintStream(out, true, UTF_8));
    try {
      return scripts.play(List.of(file));
    } finally {
      dialer.close(Duration.ZERO);
    }
  }

  private static String answer(String command) {
    return switch (OddServer.verb(command)) {
      case "RCPT" -> "503 5.5.1 first MAIL\r\n";
      case "EHLO" -> "250-odd.test\r\n250-SIZE\r\n250 HELP\r\n";
      default -> OddServer.well(command);
    };
  }
}
