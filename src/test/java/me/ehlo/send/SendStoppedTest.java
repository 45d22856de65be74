package me.ehlo.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import me.ehlo.call.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations that stop where they are told to, and how they are left there. */
class SendStoppedTest {
  private static final String NOTHING_SENT = "=== stopped there, as it was asked for: nothing sent";

  private final ScriptedServer server = new ScriptedServer();
  private final Sent sent = new Sent();

  @AfterEach
  void close() throws IOException {
    server.close();
    sent.close();
  }

  @ParameterizedTest
  @CsvSource({
    "connect, ''",
    "banner, ''",
    "first-ehlo, EHLO",
    "helo, EHLO",
    "tls, EHLO",
    "auth, EHLO",
    "mail, EHLO MAIL",
    "rcpt, EHLO MAIL RCPT",
  })
  void itStopsWhereItIsToldAndSaysQuit(String point, String verbs) {
    assertThat(send("--to", "bob@example.org", "--quit-after", point)).isZero();
    assertThat(verbs()).isEqualTo((verbs + " QUIT").strip());
    assertThat(server.mails()).isEmpty();
    assertThat(sent.out()).contains(NOTHING_SENT);
  }

  @Test
  void behindDataThereIsNoQuit() {
    assertThat(send("--to", "bob@example.org", "--quit-after", "DATA")).isZero();
    assertThat(sent.out())
        .contains("=== behind DATA there is no QUIT: the connection is dropped")
        .contains(NOTHING_SENT);
    assertThat(server.mails()).isEmpty();
    server.offers("CHUNKING");
    assertThat(send("--to", "bob@example.org", "--quit-after", "data", "--chunking")).isZero();
    assertThat(verbs()).endsWith("BDAT QUIT");
    assertThat(server.lines("BDAT").getFirst()).doesNotContain("LAST");
    assertThat(server.mails()).isEmpty();
  }

  @Test
  void behindTheDotTheMailIsSent() {
    assertThat(send("--to", "bob@example.org", "--quit-after", "dot")).isZero();
    assertThat(sent.out()).contains("=== accepted for 1 recipient");
    assertThat(verbs()).endsWith("QUIT");
    server.on("(dot)", "554 5.7.1 Spam");
    assertThat(send("--to", "bob@example.org", "--drop-after", "dot")).isEqualTo(26);
  }

  @ParameterizedTest
  @CsvSource({
    "connect, ''",
    "first-helo, EHLO",
    "ehlo, EHLO",
    "auth, EHLO",
    "from, EHLO MAIL",
    "to, EHLO MAIL RCPT",
    "data, EHLO MAIL RCPT DATA",
    "dot, EHLO MAIL RCPT DATA",
  })
  void itDropsTheConnectionWithoutQuit(String point, String verbs) {
    assertThat(send("--to", "bob@example.org", "--drop-after", point)).isZero();
    assertThat(sent.out())
        .contains("=== the connection is dropped, as it was asked for")
        .doesNotContain("QUIT");
    await().untilAsserted(() -> assertThat(verbs()).isEqualTo(verbs));
    assertThat(server.mails()).hasSize(point.equals("dot") ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "connect, '', 1",
    "first-helo, EHLO, 2",
    "helo, EHLO, 2",
    "mail, EHLO MAIL, 3",
    "rcpt, EHLO MAIL RCPT RCPT, 5",
    "data, EHLO MAIL RCPT RCPT DATA, 6",
  })
  void itDropsTheConnectionBeforeTheAnswerIsHeard(String point, String verbs, int saidAtMost) {
    assertThat(send("--to", "bob@example.org,ann@example.org", "--drop-after-send", point))
        .isZero();
    assertThat(sent.out()).contains(NOTHING_SENT).doesNotContain("QUIT");
    assertThat(sent.lines().stream().filter(line -> line.startsWith("<-")))
        .hasSizeLessThan(saidAtMost);
    await().untilAsserted(() -> assertThat(verbs()).isEqualTo(verbs));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--pipeline", "--chunking", "--lmtp"})
  void whoLeavesBehindTheDotUnheardCannotKnow(String how) {
    server.offers("PIPELINING", "CHUNKING");
    List<String> words =
        new ArrayList<>(List.of("--to", "bob@example.org", "--drop-after-send", "dot"));
    words.addAll(how.isEmpty() ? List.of() : List.of(how));
    assertThat(send(words.toArray(String[]::new))).isZero();
    assertThat(sent.out())
        .contains("=== left there, as it was asked for: nobody knows whether the server has the")
        .doesNotContain("queued as");
    await().untilAsserted(() -> assertThat(server.mails()).hasSize(1));
    words.add("--json");
    assertThat(send(words.toArray(String[]::new))).isZero();
    assertThat(sent.out())
        .contains("\"result\":\"stopped\"")
        .contains("\"retryable\":\"unknown\",\"why\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mail", "rcpt", "data"})
  void groupsStopToo(String point) {
    server.offers("PIPELINING");
    assertThat(send("--to", "bob@example.org", "--pipeline", "--drop-after", point)).isZero();
    assertThat(send("--to", "bob@example.org", "--pipeline", "--drop-after-send", point)).isZero();
    assertThat(sent.out()).contains(NOTHING_SENT).doesNotContain("2.1.0");
    assertThat(server.mails()).isEmpty();
  }

  @Test
  void aRefusalBeforeThePointIsOne() {
    server.on("RCPT TO:<zed@", "550 5.1.1 No");
    assertThat(send("--to", "zed@example.org", "--drop-after", "rcpt")).isEqualTo(24);
    assertThat(verbs()).endsWith("QUIT");
    assertThat(send("--to", "bob@example.org,zed@example.org", "--quit-after", "rcpt"))
        .isEqualTo(40);
    assertThat(sent.out())
        .contains("*** stopped there, as it was asked for: nothing sent; until then 1 of 2")
        .contains("***   zed@example.org   550 5.1.1 No")
        .doesNotContain("***   bob@example.org");
  }

  @Test
  void theLastEhloIsBehindTls() throws IOException {
    server.offers("STARTTLS").withTls();
    assertThat(send("--to", "bob@example.org", "--tls", "--quit-after", "ehlo")).isZero();
    assertThat(verbs()).isEqualTo("EHLO STARTTLS EHLO QUIT");
    assertThat(send("--to", "bob@example.org", "--tls", "--drop-after-send", "ehlo")).isZero();
    assertThat(send("--to", "bob@example.org", "--tls", "--drop-after-send", "tls")).isZero();
    await()
        .untilAsserted(() ->
            assertThat(verbs())
                .isEqualTo("EHLO STARTTLS EHLO QUIT EHLO STARTTLS EHLO EHLO STARTTLS"));
    try (ScriptedServer encrypted = new ScriptedServer().encryptedFirst()) {
      String where = "127.0.0.1:" + encrypted.port();
      assertThat(sent.send("--server", where, "--tls-on-connect", "--quit-after", "tls")).isZero();
      assertThat(encrypted.lines()).containsExactly("QUIT");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--quit-after lunch                | --quit-after: \"lunch\" is no point to stop at",
        "--drop-after lunch                | --drop-after: \"lunch\" is no point to stop at",
        "--quit-after rcpt --drop-after rcpt | --quit-after and --drop-after: there is one end",
      })
  void whatCannotBeDoneIsSaid(String words, String said) {
    List<String> all = new ArrayList<>(List.of("--to", "bob@example.org"));
    all.addAll(Arrays.asList(words.split(" ")));
    assertThat(send(all.toArray(String[]::new))).isEqualTo(2);
    assertThat(sent.err()).startsWith(said);
  }

  /** The verbs of all lines that came. */
  private String verbs() {
    return String.join(" ", server.lines().stream().map(line -> line.split(" ")[0]).toList());
  }

  private int send(String... words) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("--server", "127.0.0.1:" + server.port()));
    return sent.send(all.toArray(String[]::new));
  }
}
