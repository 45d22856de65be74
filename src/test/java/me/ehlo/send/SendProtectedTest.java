package me.ehlo.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import me.ehlo.call.ScriptedServer;
import me.ehlo.net.Authority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mails sent over TLS and with logins: what is not good is said, and no secret is shown. */
class SendProtectedTest {
  private final ScriptedServer server = new ScriptedServer();
  private final Sent sent = new Sent();

  @AfterEach
  void close() throws IOException {
    server.close();
    sent.close();
  }

  @Test
  void onlyTlsWillDoWhereItIsRequired() {
    assertThat(send("--to", "bob@example.org", "--tls")).isEqualTo(29);
    assertThat(sent.out()).contains("*** TLS is required, and STARTTLS is not offered");
  }

  @Test
  void aCertificateThatIsNotGoodIsAlwaysSaidAndCostsTheMailOnlyOnDemand() {
    server.withTls().offers("STARTTLS");
    assertThat(send("--to", "bob@example.org", "--tls")).isZero();
    assertThat(sent.out())
        .contains("*** TLS is on, but the certificate is not valid:")
        .contains(" ~> MAIL FROM:<me@client.test>");

    assertThat(send("--to", "bob@example.org", "--tls", "--tls-verify")).isEqualTo(29);
    assertThat(sent.out()).contains("*** the certificate is not good, and it has to be");
    assertThat(server.mails()).hasSize(1);
  }

  @Test
  void aServerThatBreaksOffInTheHandshakeIsTwentyNine() {
    server.offers("STARTTLS").on("STARTTLS", "220 2.0.0 Go ahead" + ScriptedServer.HANGS_UP);
    assertThat(send("--to", "bob@example.org", "--tls")).isEqualTo(29);
    assertThat(sent.out()).contains("*** no TLS: ");
  }

  @Test
  void requireTlsIsSaidWhereItIsOfferedBehindTlsThatIsGood(@TempDir Path folder) {
    server.offers("STARTTLS", "REQUIRETLS");
    assertThat(demand(folder)).isZero();
    assertThat(server.lines("MAIL").getFirst()).isEqualTo("MAIL FROM:<me@client.test> REQUIRETLS");
    assertThat(sent.out()).contains(" ~> MAIL FROM:<me@client.test> REQUIRETLS");
  }

  /** RFC 8689 §4.2.1: the mail does not go, and QUIT is said where there is still somebody to hear it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STARTTLS            |                | REQUIRETLS was asked for, and the server does not offer it",
        "REQUIRETLS          |                | TLS is required, and STARTTLS is not offered",
        "REQUIRETLS          | --tls-optional | REQUIRETLS was asked for, and the server does not offer it",
        "STARTTLS REQUIRETLS | --tls never    | REQUIRETLS was asked for, and the server does not offer it",
        "STARTTLS REQUIRETLS | --tls-sni x.test | the certificate is not good, and it has to be",
      })
  void requireTlsThatCannotBeHadIsTwentyNineBeforeTheMail(
      String offered, String how, String why, @TempDir Path folder) {
    server.offers(offered.split(" "));
    assertThat(demand(folder, how == null ? new String[0] : how.split(" "))).isEqualTo(29);
    assertThat(sent.out()).contains("*** " + why);
    assertThat(server.lines("MAIL")).isEmpty();
    assertThat(server.lines()).last().isEqualTo("QUIT");
  }

  private int demand(Path folder, String... how) {
    Authority authority = new Authority();
    Authority.Issued issued = authority.issue("mx.test").write(folder, "mx");
    server.withTls(authority.showing(issued));
    sent.now();
    List<String> words = new ArrayList<>(List.of("--to", "bob@example.org", "--requiretls"));
    words.addAll(List.of("--ca", folder.resolve("mx.pem").toString(), "--tls-sni", "mx.test"));
    words.addAll(List.of(how));
    return send(words.toArray(String[]::new));
  }

  @Test
  void tlsFromTheFirstOctet() {
    server.encryptedFirst();
    assertThat(send("--to", "bob@example.org", "--protocol", "SSMTP")).isZero();
    assertThat(sent.out()).contains("<~  220 mx.test ESMTP");
  }

  @Test
  void thePasswordIsNeverShown(@TempDir Path folder) throws IOException {
    Path transcript = folder.resolve("transcript.txt");
    sent.environment.put("SECRET", "open sesame");
    server.offers("AUTH PLAIN").on("AUTH PLAIN AGFubgBvcGVuIHNlc2FtZQ==", "235 2.7.0 Welcome");
    int exit =
        send(
            "--to",
            "bob@example.org",
            "--auth-user",
            "ann",
            "--auth-password-env",
            "SECRET",
            "--transcript",
            transcript.toString());
    assertThat(exit).isZero();
    assertThat(sent.out() + sent.err() + Files.readString(transcript))
        .contains(" -> AUTH PLAIN <")
        .doesNotContain("AGFubgBvcGVuIHNlc2FtZQ==")
        .doesNotContain("open sesame");
  }

  @Test
  void aLoginThatIsRefusedIsTwentyEight() {
    server.offers("AUTH LOGIN").on("AUTH", "535 5.7.8 Wrong");
    assertThat(send("--to", "bob@example.org", "--auth", "ann")).isEqualTo(2);
    assertThat(sent.err()).contains("no password: give --auth-password-file FILE");
    sent.atTerminal("wrong");
    assertThat(send("--to", "bob@example.org", "--auth", "ann")).isEqualTo(28);
    assertThat(
            send("--to", "bob@example.org", "--auth", "LOGIN", "--auth-user", "ann", "--no-input"))
        .isEqualTo(2);
  }

  @Test
  void noLoginWhereNoneIsOffered() {
    sent.environment.put("SECRET", "x");
    String[] words = {
      "--to",
      "bob@example.org",
      "--auth",
      "CRAM-MD5",
      "--auth-user",
      "ann",
      "--auth-password-env",
      "SECRET"
    };
    assertThat(send(words)).isEqualTo(28);
    assertThat(sent.out()).contains("*** no login: the server offers no AUTH here");
    server.offers("AUTH PLAIN");
    assertThat(send(words)).isEqualTo(28);
    assertThat(sent.out()).contains("*** no login: the server offers only PLAIN");
    assertThat(server.lines("AUTH")).isEmpty();
  }

  @Test
  void aPasswordOnTheCommandLineIsRefused() {
    assertThat(send("--to", "bob@example.org", "--auth-password", "hunter2")).isEqualTo(2);
    assertThat(sent.err()).contains("--auth-password-file").contains(".netrc");
    assertThat(server.lines()).isEmpty();
  }

  @Test
  void netrcIsLookedInto(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve(".netrc"),
        "machine 127.0.0.1\n  login ann\n  password open sesame\n",
        UTF_8);
    sent.environment.put("HOME", folder.toString());
    server
        .offers("AUTH LOGIN")
        .on("AUTH", "334 VXNlcm5hbWU6")
        .on("YW5u", "334 UGFzc3dvcmQ6")
        .on("b3Blbg==", "235 2.7.0 Ok");
    assertThat(send("--to", "bob@example.org", "--auth")).isZero();
  }

  private int send(String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--server";
    all[words.length + 1] = "127.0.0.1:" + server.port();
    return sent.send(all);
  }
}
