package me.ehlo.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import me.ehlo.check.ScriptedHost.Manners;
import me.ehlo.net.Authority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class HostChecksTest {
  private static final List<String> NO_TLS =
      List.of("PIPELINING", "SIZE 52428800", "8BITMIME", "ENHANCEDSTATUSCODES", "SMTPUTF8");

  /** How a host differs from a healthy one, and what is found about it first. */
  static Stream<Arguments> hosts() {
    Manners healthy = World.healthy();
    return Stream.of(
        row("healthy", healthy, "NOTE target: Its address 127.0.0.1"),
        row(
            "no service",
            healthy.greeting("554 no service here\r\n"),
            "FAIL greeting: It greets with \"554 no service"),
        row(
            "not now",
            healthy.greeting("421 too busy\r\n"),
            "WARN greeting: It greets with \"421 too busy"),
        row(
            "no SMTP at all",
            healthy.greeting("SSH-2.0-OpenSSH_9\r\n"),
            "FAIL greeting: It is no mail server"),
        row(
            "rewritten",
            healthy.greeting("220 ****************\r\n"),
            "WARN greeting: The greeting is rewritten"),
        row(
            "lines end in LF",
            healthy.greeting("220 mx.example.test hi\n"),
            "WARN greeting: What it says is not well formed"),
        row(
            "reset at once",
            healthy.greeting(ScriptedHost.RESET),
            "FAIL greeting: Connected, and the connection was ended"),
        row(
            "says nothing",
            healthy.greeting(ScriptedHost.SILENCE),
            "FAIL greeting: Connected, and no greeting"),
        row(
            "EHLO unknown",
            healthy.reply("EHLO", "500 what").reply("HELO", "250 mx.example.test"),
            "WARN ehlo: EHLO is refused (\"500 what\"), HELO is taken"),
        row(
            "EHLO refused",
            healthy.reply("EHLO", "550 go away").reply("HELO", "550 go away"),
            "FAIL ehlo: EHLO is refused: \"550 go away\""),
        row(
            "EHLO ends it",
            healthy.reply("EHLO", ScriptedHost.RESET),
            "FAIL ehlo: The connection ended when EHLO"),
        row(
            "localhost",
            healthy.name("localhost.localdomain"),
            "WARN ehlo: It calls itself \"localhost.localdomain\""),
        row(
            "an address for a name",
            healthy.name("[127.0.0.1]"),
            "WARN ehlo: It calls itself \"[127.0.0.1]\", which is an address"),
        row(
            "no full name",
            healthy.name("mailhost"),
            "WARN ehlo: It calls itself \"mailhost\", which is no full name"),
        row("no STARTTLS", healthy.offers(NO_TLS), "WARN starttls: STARTTLS is not offered."),
        row(
            "STARTTLS refused",
            healthy.reply("STARTTLS", "454 4.7.0 not now"),
            "FAIL starttls: STARTTLS is offered and then refused"),
        row(
            "no handshake",
            healthy.reply("STARTTLS", "220 ready\r\nwhat is this?\r\n"),
            "FAIL starttls: Behind its answer to STARTTLS"),
        row(
            "handshake fails",
            healthy.tls(without()),
            "FAIL starttls: STARTTLS is offered, and the handshake fails"),
        row(
            "expired",
            healthy.tls(showing(Duration.ofDays(-10), "mx.example.test")),
            "FAIL cert: The certificate expired"),
        row(
            "soon",
            healthy.tls(showing(Duration.ofDays(6), "mx.example.test")),
            "WARN cert: The certificate ends in 5 days"),
        row(
            "wrong name",
            healthy.tls(showing(Duration.ofDays(90), "other.test")),
            "WARN cert: The certificate is not one that can be verified: WRONG NAME"),
        row(
            "unknown authority",
            healthy.tls(stranger()),
            "WARN cert: The certificate is not one that can be verified: UNKNOWN CA"),
        row(
            "open relay",
            healthy.reply("RCPT TO:<somebody@elsewhere.test>", "250 ok"),
            "WARN relay: It takes a recipient elsewhere"),
        row(
            "percent hack",
            healthy.reply("RCPT TO:<somebody%", "250 ok"),
            "WARN relay: It takes a recipient elsewhere"),
        row(
            "source route",
            healthy.reply("RCPT TO:<@example.test:", "250 ok"),
            "WARN relay: It takes a recipient elsewhere"),
        row(
            "quoted",
            healthy.reply("RCPT TO:<\"somebody@", "250 ok"),
            "WARN relay: It takes a recipient elsewhere"),
        row(
            "bang path",
            healthy.reply("RCPT TO:<elsewhere.test!", "250 ok"),
            "WARN relay: It takes a recipient elsewhere"),
        row(
            "tiny SIZE",
            healthy.offers(List.of("SIZE 1000", "STARTTLS")),
            "WARN extensions: It takes mails up to 1000 octets"),
        row(
            "no null sender",
            healthy.reply("MAIL FROM:<>", "550 no"),
            "WARN nullsender: MAIL FROM:<> is refused"),
        row(
            "no postmaster",
            healthy.reply("RCPT TO:<postmaster@", "550 5.1.1 no"),
            "WARN postmaster: There is no postmaster"),
        row("catch-all", healthy.reply("RCPT TO:<nobody-", "250 ok"), "NOTE target"));
  }

  private static Arguments row(String name, Manners manners, String first) {
    return Arguments.of(name, manners, first);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hosts")
  void theRightFindingComesFirst(String name, Manners manners, String first) throws IOException {
    try (World world = World.of(manners).patience(patience(manners))) {
      assertThat(World.told(world.check())).as(name).startsWith(first);
      assertThat(world.heard()).noneMatch(line -> line.startsWith("DATA"));
    }
  }

  /** Silence is awaited to its end, a busy machine's answers as long as they take. */
  private static Duration patience(Manners manners) {
    return manners.greeting().equals(ScriptedHost.SILENCE)
        ? Duration.ofMillis(500)
        : Duration.ofSeconds(10);
  }

  @Test
  void aHealthyDomainWithGreetDelayAndGreylistingRaisesNoAlarm() throws IOException {
    Manners manners =
        World.healthy()
            .delay(Duration.ofSeconds(6))
            .reply("RCPT TO:<", "450 4.2.0 Greylisted, please try again in 5 minutes");
    try (World world = World.of(manners).patience(Duration.ofSeconds(20))) {
      Report report = world.check("bob@example.test");
      assertThat(report.findings())
          .extracting(Finding::result)
          .doesNotContain(Result.FAIL, Result.WARN, Result.UNKNOWN);
      assertThat(World.told(report))
          .containsPattern("NOTE greeting: It greets after \\d+\\.\\d s and then answers quickly")
          .contains("NOTE rcpt: Greylisted");
      assertThat(Outcome.of(report, true)).isZero();
      assertThat(report.rows().getFirst().cells())
          .extracting(Report.Cell::text)
          .anyMatch(text -> text.matches("\\d+\\.\\d s\\*"))
          .contains("TLSv1.3", "450 grey");
    }
  }

  @Test
  void slownessIsNoGreetDelay() throws IOException {
    UnhurriedReplies slow = new UnhurriedReplies(Duration.ofMillis(2500));
    Manners manners = World.healthy().delay(Duration.ofMillis(3300)).replies(slow::reply);
    try (World world = World.of(manners).patience(Duration.ofSeconds(20))) {
      assertThat(World.told(world.check()))
          .matches("(?s)WARN greeting: It greets after \\d+\\.\\d s and answers slowly.*");
    }
  }

  @Test
  void theRecipientIsTold() throws IOException {
    try (World world = World.of(World.healthy())) {
      assertThat(world.check("bob@example.test").findings())
          .extracting(Finding::check, Finding::result)
          .contains(tuple("rcpt", Result.OK));
      Report zed = world.check("zed@example.test");
      assertThat(World.told(zed)).startsWith("FAIL rcpt: The recipient is refused: \"550 5.1.1");
      assertThat(zed.findings().getFirst().means()).startsWith("5.1.1: ");
      assertThat(Outcome.of(zed, false)).isEqualTo(Outcome.FAILURES);
    }
  }

  @Test
  void tlsAtAnotherDoorOnlyLooksLikeStripping() throws IOException {
    try (World world = World.of(World.healthy().offers(NO_TLS)).submission(World.healthy())) {
      assertThat(World.told(world.check()))
          .startsWith("FAIL starttls: STARTTLS is not offered on port 25, but on port");
    }
  }

  @Test
  void whoDoesNotKeepUpWithPipeliningIsAskedLineByLine() throws IOException {
    OneAtATime forgetful = new OneAtATime();
    try (World world =
        World.of(World.healthy().replies(forgetful::reply)).patience(Duration.ofSeconds(3))) {
      String told = World.told(world.check());
      assertThat(told).startsWith("FAIL extensions: It offers PIPELINING, and does not answer");
      assertThat(told).doesNotContain("UNKNOWN");
    }
  }

  @Test
  void aClosedPortIsRefusedAndTheRestIsUnknown() throws IOException {
    try (World world = World.of(World.healthy()).withoutServer()) {
      Report report = world.check();
      assertThat(World.told(report))
          .startsWith("FAIL connect: The connection is refused")
          .contains("UNKNOWN greeting: Not looked at")
          .contains("UNKNOWN cert: Not looked at");
      assertThat(Outcome.of(report, false)).isEqualTo(Outcome.FAILURES);
    }
  }

  @Test
  void oneBrokenHostDoesNotHideAnother() throws IOException {
    try (World world = World.of(World.healthy())) {
      world.host("127.0.0.2", World.healthy().greeting("554 no\r\n"));
      world
          .dns()
          .withMx("example.test", "10 mx.example.test", "20 mx2.example.test")
          .withAddresses("mx2.example.test", "127.0.0.2");
      Report report = world.check();
      assertThat(World.told(report)).startsWith("FAIL greeting: It greets with \"554 no\"");
      assertThat(report.findings().getFirst().where().name()).isEqualTo("mx2.example.test");
      assertThat(report.rows()).hasSize(2);
    }
  }

  private static SSLContext showing(Duration left, String name) {
    return World.AUTHORITY.showing(World.AUTHORITY.issueFor(left, name));
  }

  private static SSLContext stranger() {
    Authority another = new Authority();
    return another.showing(another.issue("mx.example.test"));
  }

  /** One that has no certificate to show. */
  private static SSLContext without() {
    return World.AUTHORITY.trusting();
  }
}
