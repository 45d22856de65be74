package me.ehlo.dsn;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import me.ehlo.dsn.DeliveryReport.Action;
import me.ehlo.mail.Cause;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.DsnOptions.Ret;
import me.ehlo.mail.Orcpt;
import me.ehlo.mail.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DsnComposerTest {
  private static final Optional<Cause> GREY =
      Reported.said(Reported.NOT_NOW, "451 4.7.1 Greylisted, try again later");
  private static final Optional<Cause> QUEUED =
      Reported.said(Reported.PASSED_ON, "250 2.0.0 Ok: queued as 4XyZ9");

  @Test
  void aFailureAsPeopleAndProgramsReadIt() throws IOException {
    assertThat(octets(Reported.mail().failed("zed@example.org").composed()))
        .isEqualTo(golden("failed.eml"));
  }

  @Test
  void manyFatesInOneReport() throws IOException {
    ReportMail mail =
        Reported.mail()
            .options(new DsnOptions(Optional.of(Ret.HDRS), Optional.of("QQ+314 159")))
            .with(
                "zed@example.org",
                Optional.of(new Orcpt("rfc822", "sales@example.com")),
                Action.FAILED,
                Reported.said(Reported.REFUSED, "552 5.2.2 Mailbox full"))
            .failed("zoe@example.org", "552 5.2.2 Mailbox full")
            .delayed("bob@example.org")
            .with("ann@example.com", Action.DELIVERED, Optional.empty())
            .with("cid@example.edu", Action.RELAYED, QUEUED)
            .with("staff@example.com", Action.EXPANDED, Optional.empty())
            .composed();
    assertThat(octets(mail)).isEqualTo(golden("mixed.eml"));
  }

  @Test
  void anotherProgramReadsTheThreeParts() {
    Opened mail = Opened.of(Reported.mail().failed("zed@example.org").composed());
    assertThat(mail.parts())
        .extracting(Opened.Part::type)
        .containsExactly("text/plain", "message/delivery-status", "message/rfc822");
    assertThat(mail.returned().octets()).isEqualTo(Reported.CONTENT);
    assertThat(mail.header())
        .containsEntry("To", "<ann@example.net>")
        .containsEntry("Auto-Submitted", "auto-replied")
        .containsEntry("Message-ID", "<06C3ZK0000AC@mail.example.net>")
        .containsEntry("In-Reply-To", "<b71c@laptop.example.net>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FAILED    | 550 5.1.1 No | 5.1.1 | Undelivered mail: zed@example.org
          FAILED    | 451 4.7.1 No | 4.7.1 | Undelivered mail: zed@example.org
          FAILED    | 250 2.0.0 Ok | 5.0.0 | Undelivered mail: zed@example.org
          DELAYED   | 451 4.7.1 No | 4.7.1 | Still trying: zed@example.org
          DELAYED   | 550 5.1.1 No | 4.0.0 | Still trying: zed@example.org
          DELIVERED |              | 2.0.0 | Delivered: zed@example.org
          RELAYED   | 250 2.1.5 Ok | 2.1.5 | Passed on: zed@example.org
          EXPANDED  |              | 2.0.0 | Sent on to a list: zed@example.org
          """)
  void eachActionHasItsWords(Action action, String words, String status, String subject) {
    Optional<Cause> cause = Optional.ofNullable(words).flatMap(DsnComposerTest::cause);
    Opened mail = Opened.of(Reported.mail().with("zed@example.org", action, cause).composed());
    Map<String, String> fields = mail.status().get(1);
    assertThat(mail.header()).containsEntry("Subject", "" + subject);
    assertThat(fields)
        .containsEntry("Action", action.name().toLowerCase(Locale.ROOT))
        .containsEntry("Status", status)
        .containsEntry("Final-Recipient", "rfc822; zed@example.org");
    assertThat(fields.containsKey("Will-Retry-Until")).isEqualTo(action == Action.DELAYED);
    assertThat(fields.containsKey("Remote-MTA")).isEqualTo(cause.isPresent());
  }

  private static Optional<Cause> cause(String words) {
    Reason reason =
        switch (words.charAt(0)) {
          case '2' -> Reported.PASSED_ON;
          case '4' -> Reported.NOT_NOW;
          default -> Reported.REFUSED;
        };
    return Reported.said(reason, words);
  }

  @ParameterizedTest
  @CsvSource({
    "FAILED, FULL, message/rfc822",
    "FAILED, HDRS, text/rfc822-headers",
    "FAILED, , message/rfc822",
    "DELAYED, FULL, text/rfc822-headers",
    "DELIVERED, FULL, text/rfc822-headers",
    "RELAYED, FULL, text/rfc822-headers",
    "EXPANDED, FULL, text/rfc822-headers"
  })
  void onlyWhatFailedComesBackWhole(Action action, Ret ret, String type) {
    Reported report = Reported.mail().with("zed@example.org", action, GREY);
    Opened mail = Opened.of((ret == null ? report : report.ret(ret)).composed());
    assertThat(mail.returned().type()).isEqualTo(type);
    assertThat(mail.returned().octets().contains("Hello")).isEqualTo(type.contains("message"));
    assertThat(mail.returned().octets()).startsWith("From: Ann").contains("\r\n figures\r\n");
  }

  @Test
  void aFailureAmongOthersBringsTheMailBack() {
    Reported report = Reported.mail().delayed("bob@example.org").failed("zed@example.org");
    assertThat(Opened.of(report.ret(Ret.FULL).composed()).returned().type())
        .isEqualTo("message/rfc822");
  }

  @Test
  void aLargeMailComesBackAsItsHeader() {
    String fits = Reported.CONTENT + "x".repeat(64 * 1024 - Reported.CONTENT.length() - 2) + "\r\n";
    assertThat(returned(fits, true).octets()).isEqualTo(fits);
    assertThat(returned(fits.replace("Hello", "Hallo!"), true).type())
        .isEqualTo("text/rfc822-headers");
    assertThat(returned(Reported.CONTENT, false).type()).isEqualTo("text/rfc822-headers");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Subject: x^^body^          | Subject: x^
          Subject: x^ y^Fro          | Subject: x^ y^
          Subject: x^                | Subject: x^
          Subj                       | ''
          ^body^                     | ''
          """)
  void theHeaderIsCutWhereItEnds(String read, String header) {
    assertThat(returned(read.replace("^", "\r\n"), false).octets())
        .isEqualTo(header.replace("^", "\r\n"));
  }

  @Test
  void anEndlessHeaderIsCutAtALine() {
    String line = "X-Field: " + "x".repeat(989) + "\r\n";
    String header = returned(line.repeat(60), false).octets();
    assertThat(header).isEqualTo(line.repeat(32));
    assertThat(returned("X: " + "x".repeat(60_000) + "\r\n\r\nbody\r\n", true).octets())
        .startsWith("X: xxx"); // whole, as it is small
    assertThat(returned("X: " + "x".repeat(60_000) + "\r\n\r\nbody\r\n", false).octets()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void noBareCrOrLfIsSent(Ret ret) {
    ReportMail mail =
        Reported.mail()
            .ret(ret)
            .original("Subject: a\rb\nc\r\r\n\n\r\n\rbody\n.\n", true, false)
            .failed("zed@example.org", "550 5.1.1 a\rb\nc")
            .composed();
    assertThat(octets(mail).replace("\r\n", "")).doesNotContain("\r", "\n");
  }

  @Test
  void anOlderReportInTheMailDoesNotEndAPart() {
    String inner = octets(Reported.mail().failed("zed@example.org").composed());
    Opened mail =
        Opened.of(Reported.mail().original(inner, true, false).failed("z@b.c").composed());
    assertThat(mail.parts()).hasSize(3);
    assertThat(mail.returned().octets()).isEqualTo(inner);
  }

  @Test
  void aReportOfADecisionOfOursQuotesNobody() {
    Reason nullMx =
        new Reason("null-mx", 556, "5.1.10", "The domain {} says that it takes no mail");
    Opened mail =
        Opened.of(
            Reported.mail()
                .with("z@b.example", Action.FAILED, Optional.of(Cause.of(nullMx, "b.example")))
                .composed());
    assertThat(mail.status().get(1))
        .containsEntry("Status", "5.1.10")
        .containsEntry(
            "Diagnostic-Code", "X-Ehlo; null-mx: The domain b.example says that it takes no mail")
        .doesNotContainKey("Remote-MTA");
    assertThat(mail.text())
        .contains("    The domain b.example says that it takes no mail.\r\n")
        .contains("That domain takes no mail at all.")
        .doesNotContain("said:");
  }

  @Test
  void whatTheSenderCalledTheMailAndTheRecipientComesBack() {
    Opened mail =
        Opened.of(
            Reported.mail()
                .options(new DsnOptions(Optional.empty(), Optional.of("QQ=314 +159")))
                .with(
                    "zed@example.org",
                    Optional.of(new Orcpt("rfc822", "sales@example.com")),
                    Action.FAILED,
                    GREY)
                .composed());
    assertThat(mail.status().getFirst()).containsEntry("Original-Envelope-Id", "QQ=314 +159");
    assertThat(mail.status().get(1))
        .containsEntry("Original-Recipient", "rfc822; sales@example.com");
  }

  @Test
  void noTextOfOursIsWide() {
    String words = "550 5.7.1 " + "see what our rules have to say about mails like this ".repeat(9);
    Opened mail = Opened.of(Reported.mail().failed("zed@example.org", words).composed());
    assertThat(mail.text().lines()).allMatch(line -> line.length() <= 76);
    assertThat(mail.parts().get(1).octets().lines()).allMatch(line -> line.length() <= 76);
    assertThat(mail.status().get(1).get("Diagnostic-Code")).isEqualTo("smtp; " + words.strip());
  }

  @Test
  void recipientsWithOneFateStandTogether() {
    Reported report = Reported.mail();
    List.of("a@b.c", "d@e.f", "g@h.i").forEach(to -> report.failed(to, "552 5.2.2 Mailbox full"));
    Opened mail = Opened.of(report.composed());
    assertThat(mail.text()).contains("  a@b.c\r\n  d@e.f\r\n  g@h.i\r\n\r\n    The other");
    assertThat(mail.text().split("Mailbox full", -1)).hasSize(2);
    assertThat(mail.header()).containsEntry("Subject", "Undelivered mail: a@b.c and 2 others");
    assertThat(mail.status()).hasSize(4);
  }

  private static Opened.Part returned(String octets, boolean whole) {
    return Opened.of(Reported.mail().original(octets, whole, false).failed("z@b.c").composed())
        .returned();
  }

  private static String octets(ReportMail mail) {
    return new String(mail.content(), ISO_8859_1);
  }

  private static String golden(String name) throws IOException {
    try (InputStream file = DsnComposerTest.class.getResourceAsStream("/reports/" + name)) {
      return new String(file.readAllBytes(), UTF_8).replace("\n", "\r\n");
    }
  }
}
