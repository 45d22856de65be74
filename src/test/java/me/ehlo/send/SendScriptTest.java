package me.ehlo.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import me.ehlo.call.ScriptedServer;
import me.ehlo.net.ClosedPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts played by {@code ehlo send}: the door is found as for a mail, the playing is that of {@code ehlo talk}. */
class SendScriptTest {
  private static final String SCRIPT =
      """
      S: 220 * ESMTP
      C: EHLO client.example
      S: 250-*
      S: ...
      C: MAIL FROM:<a@client.example>
      S: 250 2.1.0 *
      C: QUIT
      S: 221 *
      """;

  private final ScriptedServer server = new ScriptedServer();
  private final Sent sent = new Sent();

  @TempDir private Path folder;

  @AfterEach
  void close() throws IOException {
    server.close();
    sent.close();
  }

  @Test
  void asWrittenIsZeroAndOtherwiseIsThirty() throws IOException {
    server.offers("SIZE 1000");
    assertThat(play(SCRIPT, "--server", where())).isZero();
    assertThat(sent.lines()).last().isEqualTo("=== 1 as written, 0 otherwise, 0 not played");
    assertThat(server.lines())
        .containsExactly("EHLO client.example", "MAIL FROM:<a@client.example>", "QUIT");
    server.on("MAIL", "250 2.1.9 Ok");
    assertThat(play(SCRIPT, "--server", where())).isEqualTo(30);
    assertThat(sent.lines())
        .contains("     -> MAIL FROM:<a@client.example>")
        .last()
        .isEqualTo("=== 0 as written, 1 otherwise, 0 not played");
    assertThat(play(SCRIPT, "--server", where(), "--compare", "codes")).isZero();
  }

  @Test
  void theDoorIsFoundAsForAMail() throws IOException {
    sent.dns
        .withMx("example.org", "10 mx.example.org")
        .withAddresses("mx.example.org", "127.0.0.1");
    server.offers("SIZE 1000");
    assertThat(play(SCRIPT, "--mx", "example.org", "--port", "" + server.port())).isZero();
    assertThat(play(SCRIPT, "--mx", "example.org", "--port", "" + server.port(), "-6"))
        .isEqualTo(20);
    assertThat(sent.out()).contains("*** there is no address of the family");
    String lmtp = SCRIPT.replace("EHLO", "LHLO");
    assertThat(play(lmtp, "--server", where(), "--protocol", "LMTP")).isZero();
    try (ScriptedServer encrypted = new ScriptedServer().encryptedFirst().offers("SIZE 1")) {
      String there = "127.0.0.1:" + encrypted.port();
      assertThat(play(SCRIPT, "--server", there, "--tls-on-connect")).isZero();
    }
    String starts =
        SCRIPT.replace(
            "C: MAIL", "C: STARTTLS\nS: 220 *\n! tls\nC: EHLO x\nS: 250-*\nS: ...\nC: MAIL");
    server.withTls();
    assertThat(play(starts, "--server", where())).isZero();
    try (ClosedPort nobody = new ClosedPort()) {
      assertThat(play(SCRIPT, "--server", nobody.written())).isEqualTo(20);
    }
  }

  /** Nothing was played, and so nothing is as written. */
  @Test
  void aRunThatCannotFailIsTwo() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(sent.send("--script", empty.toString(), "--server", where())).isEqualTo(2);
    assertThat(sent.lines())
        .containsExactly(
            "=== 0 as written, 0 otherwise, 0 not played",
            "*** Nothing was played, so nothing is known of the server. There is no script (.smtp,"
                + " .pop3) there.");
    assertThat(play("S: 220 *\n! idle\nS: 421 *\n", "--server", where())).isEqualTo(2);
    assertThat(sent.lines())
        .contains("=== 0 as written, 0 otherwise, 1 not played")
        .last()
        .asString()
        .startsWith("*** Nothing was played");
    assertThat(server.lines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--server 127.0.0.1 --to a@b.example   | --to does not go with --script: the script says all",
        "--server 127.0.0.1 --tls              | --tls does not go with --script",
        "--server 127.0.0.1 --protocol ESMTPSA | --protocol: the script itself says STARTTLS and AUTH",
        "--compare all --server 127.0.0.1      | --compare: write codes, status or words",
        "-4                                    | --script: with whom? Give --server HOST, --mx DOMAIN or",
        "--mx a..b                             | --mx: \"a..b\" is no domain",
        "--to-more more.smtp                   | \"more.smtp\": give --script before each script",
      })
  void whatCannotBeDoneIsSaid(String words, String said) throws IOException {
    assertThat(play(SCRIPT, words.split(" "))).isEqualTo(2);
    assertThat(sent.err()).startsWith(said);
  }

  private String where() {
    return "127.0.0.1:" + server.port();
  }

  private int play(String script, String... words) throws IOException {
    Path file = Files.writeString(folder.resolve("it.smtp"), script);
    List<String> all = new ArrayList<>(List.of("--script", file.toString()));
    all.addAll(Arrays.asList(words));
    return sent.send(all.toArray(String[]::new));
  }
}
