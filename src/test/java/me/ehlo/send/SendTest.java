package me.ehlo.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import me.ehlo.call.ScriptedServer;
import me.ehlo.net.ClosedPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails sent to scripted servers: the conversation, the exit code, and what is said of it. */
class SendTest {
  private final ScriptedServer server = new ScriptedServer();
  private final Sent sent = new Sent();

  @AfterEach
  void close() throws IOException {
    server.close();
    sent.close();
  }

  @Test
  void aMailThatGoesWell() {
    server.offers("SIZE 1000000", "8BITMIME");
    assertThat(send("--to", "bob@example.org", "--body", "Hello Bob.")).isZero();

    assertThat(sent.lines())
        .containsSubsequence(
            "=== connecting to 127.0.0.1:" + server.port(),
            "<-  220 mx.test ESMTP",
            " -> EHLO client.test",
            "<-  250-mx.test",
            "<-  250-SIZE 1000000",
            "<-  250 8BITMIME",
            " -> RCPT TO:<bob@example.org>",
            "<-  250 2.1.5 Ok",
            " -> DATA",
            "<-  354 Go ahead",
            "  | To: bob@example.org",
            "  | From: me@client.test",
            "  | Hello Bob.",
            "  | .",
            "<-  250 2.0.0 Ok: queued as 4XyZ9",
            " -> QUIT",
            "<-  221 2.0.0 Bye",
            "=== accepted for 1 recipient");
    String mail = server.mails().getFirst();
    assertThat(server.lines("MAIL"))
        .containsExactly("MAIL FROM:<me@client.test> SIZE=" + mail.length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(greeting) | 554 5.7.1 No           | 21 | greeting | false",
        "(greeting) | 421 4.7.0 Later        | 21 | greeting | true",
        "(greeting) | (hangs up)             | 21 | greeting | true",
        "EHLO       | 421 4.3.2 Bye          | 22 | ehlo     | true",
        "EHLO       | (hangs up)             | 22 | ehlo     | true",
        "MAIL       | 550 5.7.1 Not you      | 23 | mail     | false",
        "MAIL       | 451 4.7.1 Not now      | 23 | mail     | true",
        "MAIL       | (hangs up)             | 23 | mail     | true",
        "RCPT       | 550 5.1.1 Unknown      | 24 | rcpt     | false",
        "RCPT       | 450 4.7.1 Greylisted   | 24 | rcpt     | true",
        "RCPT       | 421 4.3.2 Bye(hangs up) | 24 | rcpt     | true",
        "DATA       | 554 5.7.1 No           | 25 | data     | false",
        "DATA       | 250 2.0.0 Yes?         | 25 | data     | false",
        "DATA       | (hangs up)             | 25 | data     | true",
        "(dot)      | 554 5.7.1 Spam         | 26 | dot      | false",
        "(dot)      | 452 4.3.1 Full         | 26 | dot      | true",
        "(dot)      | (hangs up)             | 26 | dot      | unknown",
      })
  void whereItFailsIsTheExitCode(
      String line, String reply, int exit, String stage, String retryable) {
    server.on(line, reply);
    assertThat(send("--to", "bob@example.org", "--json")).isEqualTo(exit);
    assertThat(sent.out())
        .startsWith("{\"v\":1,\"exit\":" + exit)
        .contains("\"stage\":\"" + stage + "\"")
        .contains(
            "\"retryable\":"
                + (retryable.equals("unknown") ? "\"unknown\"" : retryable)
                + ",\"why\"");
    assertThat(sent.lines()).hasSize(1);
  }

  @Test
  void nobodyThereIsTwenty() throws IOException {
    try (ClosedPort nobody = new ClosedPort()) {
      assertThat(sent.send("--to", "bob@example.org", "--server", nobody.written())).isEqualTo(20);
    }
    assertThat(sent.out()).contains("*** the connection was lost while connecting");
  }

  @Test
  void whoVanishesBehindTheDotLeavesUsInDoubtAndThatIsSaid() {
    server.on("(dot)", ScriptedServer.HANGS_UP);
    assertThat(send("--to", "bob@example.org")).isEqualTo(26);
    assertThat(sent.out())
        .contains("*** the connection was lost behind the final dot, before the answer")
        .contains("nobody can know whether it arrived: sent again, it may arrive twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--pipeline", "--chunking"})
  void someAcceptedAndSomeNotIsForty(String how) {
    server
        .offers("PIPELINING", "CHUNKING")
        .on("RCPT TO:<zed@", "550 5.1.1 <zed@example.org>: User unknown");
    String[] words =
        how.isEmpty()
            ? new String[] {"--to", "bob@example.org,zed@example.org"}
            : new String[] {"--to", "bob@example.org,zed@example.org", how};
    assertThat(send(words)).isEqualTo(40);
    assertThat(sent.out())
        .contains("<** 550 5.1.1 <zed@example.org>: User unknown")
        .contains("*** accepted for 1 of 2 recipients only; not for:")
        .contains("***   zed@example.org   550 5.1.1 <zed@example.org>: User unknown");
    assertThat(server.mails()).hasSize(1);
  }

  @Test
  void lmtpAnswersForEachRecipient() {
    server.on("(dot)", "250 2.1.5 Ok", "452 4.2.2 Full");
    assertThat(send("--to", "bob@example.org,zed@example.org", "--lmtp", "--json")).isEqualTo(40);
    assertThat(server.lines("LHLO")).hasSize(1);
    assertThat(sent.out())
        .contains("\"recipient\":\"bob@example.org\",\"state\":\"accepted\"")
        .contains("\"recipient\":\"zed@example.org\",\"state\":\"deferred\"")
        .contains("\"code\":452,\"enhanced\":\"4.2.2\",\"text\":\"Full\"");
  }

  @Test
  void groupsLeaveTogetherWhereTheyMay() {
    server.offers("PIPELINING").on("RCPT", "550 5.1.1 No");
    assertThat(send("--to", "bob@example.org", "--pipeline")).isEqualTo(24);
    assertThat(sent.lines())
        .containsSubsequence(
            " -> DATA", "<-  250 2.1.0 Ok", "<** 550 5.1.1 No", "<-  354 Go ahead");
    assertThat(server.mails())
        .containsExactly(""); // RFC 2920 §3.1: it asked for content, and got none
  }

  @Test
  void chunksAreWhole() {
    server.offers("CHUNKING", "8BITMIME");
    assertThat(send("--to", "bob@example.org", "--chunking", "--data", ".a\\n..b\\n")).isZero();
    assertThat(server.mails()).containsExactly(".a\r\n..b\r\n");
    assertThat(server.lines("BDAT")).containsExactly("BDAT 9 LAST");
  }

  @Test
  void whatIsNotOfferedIsSaidAndLeftOut() {
    assertThat(
            send(
                "--to",
                "bob@example.org",
                "--pipeline",
                "--chunking",
                "--8bitmime",
                "--notify",
                "SUCCESS"))
        .isZero();
    assertThat(sent.out())
        .contains("=== PIPELINING is not offered")
        .contains("=== CHUNKING is not offered")
        .contains("=== DSN is not offered")
        .contains("=== 8BITMIME is not offered");
    assertThat(server.lines("RCPT")).containsExactly("RCPT TO:<bob@example.org>");
  }

  @Test
  void reportsAreAskedForAsTyped() {
    server.offers("DSN", "SMTPUTF8", "8BITMIME");
    send(
        "--to",
        "bob@example.org",
        "--notify",
        "success,delay",
        "--ret",
        "hdrs",
        "--envid",
        "a+b",
        "--orcpt",
        "carol@example.org",
        "--smtputf8",
        "--8bitmime");
    assertThat(server.lines("MAIL"))
        .containsExactly("MAIL FROM:<me@client.test> BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=a+2Bb");
    assertThat(server.lines("RCPT"))
        .containsExactly(
            "RCPT TO:<bob@example.org> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;carol@example.org");
  }

  @Test
  void anAddressThatNeedsSmtputf8IsNotSentWithoutIt() {
    assertThat(send("--to", "börje@example.org")).isEqualTo(23);
    assertThat(sent.out()).contains("*** an address needs SMTPUTF8, and the server does not offer");
    assertThat(server.lines("MAIL")).isEmpty();
  }

  @Test
  void theNextMxIsTriedWhereOneCannotBeReached() throws Exception {
    sent.dns
        .withMx("example.org", "10 mx1.example.org", "20 mx2.example.org")
        .withAddresses("mx1.example.org", "127.0.0.2")
        .withAddresses("mx2.example.org", "127.0.0.3");
    try (ScriptedServer mx2 = new ScriptedServer(InetAddress.ofLiteral("127.0.0.3"), 0)) {
      String port = Integer.toString(mx2.port());
      assertThat(sent.send("--to", "bob@example.org", "--port", port)).isZero();
      assertThat(sent.out())
          .contains("=== connecting to 127.0.0.2:" + port + " (mx1.example.org)")
          .contains("=== connecting to 127.0.0.3:" + port + " (mx2.example.org)");
      try (ScriptedServer mx1 =
          new ScriptedServer(InetAddress.ofLiteral("127.0.0.2"), mx2.port())) {
        mx1.on("(greeting)", "421 4.3.2 Later" + ScriptedServer.HANGS_UP);
        assertThat(sent.send("--to", "bob@example.org", "--port", port)).isZero();
        mx1.on("(greeting)", "220 mx1").on("RCPT", "451 4.7.1 Greylisted");
        assertThat(sent.send("--to", "bob@example.org", "--port", port)).isEqualTo(24);
        assertThat(sent.send("--to", "bob@example.org", "--port", port, "--all-mx")).isZero();
      }
      assertThat(mx2.mails()).hasSize(3);
    }
  }

  @Test
  void eachDomainHasItsOwnServers() throws Exception {
    sent.dns
        .withMx("a.example", "10 mx.a.example")
        .withAddresses("mx.a.example", "127.0.0.1")
        .withMx("b.example", "0 ");
    int exit =
        sent.send("--to", "ann@a.example,bob@b.example", "--port", "" + server.port(), "--json");
    assertThat(exit).isEqualTo(40);
    assertThat(server.lines("RCPT")).containsExactly("RCPT TO:<ann@a.example>");
    assertThat(sent.out()).contains("b.example says that it takes no mail (null MX, RFC 7505)");
  }

  @Test
  void aProxyIsAnnouncedBeforeAnythingElse() {
    server.takesFirst("PROXY TCP4 192.0.2.7 127.0.0.1 4711 25\r\n".length());
    send(
        "--to",
        "bob@example.org",
        "--proxy",
        "v1",
        "--proxy-source",
        "192.0.2.7",
        "--proxy-source-port",
        "4711",
        "--proxy-dest",
        "127.0.0.1");
    assertThat(server.lines().getFirst()).isEqualTo("PROXY TCP4 192.0.2.7 127.0.0.1 4711 25\r\n");
  }

  @Test
  void xclientBeginsTheConversationAnew() {
    server.on("XCLIENT", "220 mx.test ESMTP");
    assertThat(
            send("--to", "bob@example.org", "--xclient-addr", "192.0.2.7", "--xclient", "NAME=x"))
        .isZero();
    assertThat(server.lines())
        .startsWith("EHLO client.test", "XCLIENT NAME=x ADDR=192.0.2.7", "EHLO client.test");
    server.on("XCLIENT", "550 5.7.0 Not you");
    assertThat(send("--to", "bob@example.org", "--xclient", "NAME=x")).isEqualTo(33);
  }

  @Test
  void xforwardIsSaidBehindWhateverBeginsAnew() {
    server
        .offers("XCLIENT NAME", "XFORWARD NAME ADDR")
        .on("XCLIENT", "220 mx.test ESMTP")
        .on("XFORWARD", "250 2.0.0 Ok");
    String[] words = {
      "--to", "bob@example.org", "--xforward", "NAME=x", "--xforward", "ADDR=192.0.2.7"
    };
    assertThat(send(words)).isZero();
    assertThat(server.lines())
        .startsWith(
            "EHLO client.test", "XFORWARD NAME=x ADDR=192.0.2.7", "MAIL FROM:<me@client.test>");
    assertThat(send("--to", "bob@example.org", "--xforward", "NAME=x", "--xclient", "NAME=y"))
        .isZero();
    assertThat(server.lines())
        .containsSubsequence(
            "QUIT", "EHLO client.test", "XCLIENT NAME=y", "EHLO client.test", "XFORWARD NAME=x");
  }

  /** It is said all the same, since whether a server takes our word is what one wants to know; its no ends it. */
  @Test
  void xforwardThatIsNotOfferedOrRefusedIsThirtyThree() {
    assertThat(send("--to", "bob@example.org", "--xforward", "NAME=x")).isEqualTo(33);
    assertThat(server.lines()).containsExactly("EHLO client.test", "XFORWARD NAME=x", "QUIT");
    assertThat(sent.lines())
        .containsSubsequence(
            " -> XFORWARD NAME=x",
            "<** 500 5.5.2 What?",
            "*** not accepted for any of 1 recipient");
    server.on("XFORWARD", "421 4.3.2 Bye" + ScriptedServer.HANGS_UP);
    assertThat(send("--to", "bob@example.org", "--xforward", "NAME=x")).isEqualTo(33);
    assertThat(server.lines("MAIL")).isEmpty();
  }

  @Test
  void octetsArriveAsTheyAre() {
    sent.withInput("Subject: x\r\n\r\n.\r\n..dots\r\nbare\nline\r\n");
    assertThat(send("--to", "bob@example.org", "--data", "-")).isZero();
    assertThat(server.mails()).containsExactly("Subject: x\r\n\r\n.\r\n..dots\r\nbare\r\nline\r\n");
  }

  private int send(String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--server";
    all[words.length + 1] = "127.0.0.1:" + server.port();
    return sent.send(all);
  }
}
