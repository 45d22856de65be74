package me.ehlo.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import me.ehlo.dsn.DeliveryReport;
import me.ehlo.dsn.DsnComposer;
import me.ehlo.dsn.ReportMail;
import me.ehlo.mail.Cause;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.EnhancedStatus;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Reason;
import me.ehlo.mail.RemoteReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * C9: nobody makes us send mail to a stranger. What can be refused is refused while the client is there, and a report that
 * is owed all the same carries little and starts no conversation of robots.
 */
class C9BackscatterTest {
  private static final int REPORT_MAX = 80 * 1024;
  private static final String HEADER = "From: forged@victim.example\r\nSubject: buy this\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RCPT TO:<nobody@ehlo.test>",
        "RCPT TO:<nobody@ehlo.test> NOTIFY=FAILURE",
        "RCPT TO:<nobody@ehlo.test> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;forged@victim.example",
        "RCPT TO:<forged@victim.example>",
        "RCPT TO:<@ehlo.test:forged@victim.example>"
      })
  void whoCannotHaveItIsRefusedWhileTheClientIsThere(String recipient) {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.asks("MAIL FROM:<forged@victim.example> RET=FULL ENVID=x", "250");
      peer.asks(recipient, "550");
      peer.asks("DATA", "503");
      peer.asks("RCPT TO:<bob@ehlo.test>", "250");
      peer.asks("DATA", "354");
      peer.asks(HEADER + "\r\n.", "250");
      assertThat(site.onlyMail().arrival().envelope().recipients()).hasSize(1);
      assertThat(site.onlyMail().arrival().envelope().leaves()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReportCarriesLittleHoweverLargeTheMail(DsnOptions.Ret ret) {
    String endlessHeader = HEADER + "X-Spam: spam spam spam\r\n".repeat(100_000);
    String endlessBody = HEADER + "\r\n" + "spam spam spam\r\n".repeat(100_000);
    for (String mail :
        List.of(endlessHeader, endlessBody, HEADER + "X: " + "x".repeat(1_000_000))) {
      assertThat(octets(report(ret, mail))).hasSizeLessThan(REPORT_MAX);
    }
    assertThat(octets(report(ret, endlessBody))).doesNotContain("spam");
  }

  @Test
  void noRobotAnswersAReport() {
    String report = octets(report(DsnOptions.Ret.HDRS, HEADER + "\r\nspam\r\n"));
    String header = report.substring(0, report.indexOf("\r\n\r\n"));
    assertThat(header).contains("\r\nAuto-Submitted: auto-replied\r\n"); // RFC 3834 §5
    assertThat(header).startsWith("From: Mail Delivery System <MAILER-DAEMON@mx.ehlo.test>\r\n");
    assertThat(header).contains("\r\nTo: <forged@victim.example>\r\n");
    assertThat(report).doesNotContain("spam");
  }

  private static ReportMail report(DsnOptions.Ret ret, String original) {
    Reason refused = new Reason("refused", 550, "5.1.1", "It refuses the recipient");
    RemoteReply reply =
        new RemoteReply(550, Optional.of(EnhancedStatus.of("5.1.1")), "No such user");
    Cause cause = new Cause(refused, refused.say(), "mx.far.example", Optional.of(reply));
    return new DsnComposer("mx.ehlo.test", ZoneOffset.UTC)
        .compose(
            new DeliveryReport(
                new MailId(1),
                mailbox("forged", "victim.example"),
                new DsnOptions(Optional.of(ret), Optional.empty()),
                Instant.EPOCH,
                List.of(
                    new DeliveryReport.OfRecipient(
                        mailbox("zed", "far.example"),
                        Optional.empty(),
                        DeliveryReport.Action.FAILED,
                        Optional.of(cause),
                        Optional.empty(),
                        Optional.empty())),
                new DeliveryReport.Original(original, true, false)),
            new MailId(2),
            Instant.EPOCH);
  }

  private static Mailbox mailbox(String name, String domain) {
    return new Mailbox(new LocalPart(name), Domain.ofAscii(domain));
  }

  private static String octets(ReportMail mail) {
    return new String(mail.content(), ISO_8859_1);
  }
}
