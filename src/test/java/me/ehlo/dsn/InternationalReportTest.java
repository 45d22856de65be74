package me.ehlo.dsn;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import me.ehlo.dsn.DeliveryReport.Action;
import me.ehlo.mail.Orcpt;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports about mails with octets above 127 (RFC 6152, RFC 6533). */
class InternationalReportTest {
  private static final String HEADER = "Subject: Gr\u00fc\u00dfe\r\nMessage-ID: <\u00fc@x>\r\n";
  private static final String UTF8 =
      new String((HEADER + "\r\n\u00a1Hola!\r\n").getBytes(UTF_8), ISO_8859_1);
  private static final String LATIN1 = HEADER + "\r\n\u00a1Hola!\r\n";

  @Test
  void anEightBitMailComesBackAsItWas() {
    ReportMail mail = Reported.mail().original(LATIN1, true, false).failed("z@b.c").composed();
    Opened opened = Opened.of(mail);
    assertThat(mail.eightBit()).isTrue();
    assertThat(mail.smtpUtf8()).isFalse();
    assertThat(opened.returned()).isEqualTo(new Opened.Part("message/rfc822", "8bit", LATIN1));
    assertThat(opened.parts().get(1).encoding()).isEqualTo("7bit");
    assertThat(opened.parts().get(1).type()).isEqualTo("message/delivery-status");
    assertThat(opened.header())
        .containsEntry("Content-Transfer-Encoding", "8bit")
        .doesNotContainKey("In-Reply-To");
    assertThat(opened.text()).contains("Your mail of Sat");
  }

  @Test
  void aMailWithAnInternationalHeaderIsCalledSo() {
    ReportMail mail = Reported.mail().original(UTF8, true, true).failed("z@b.c").composed();
    assertThat(Opened.of(mail).returned())
        .isEqualTo(new Opened.Part("message/global", "8bit", UTF8));
    assertThat(Opened.of(mail).text()).contains("\"Gr\u00fc\u00dfe\"");
    ReportMail header = Reported.mail().original(UTF8, true, true).delayed("z@b.c").composed();
    assertThat(Opened.of(header).returned().type()).isEqualTo("message/global-headers");
  }

  @Test
  void anInternationalRecipientIsNamedInUtf8() {
    ReportMail mail = Reported.mail().failed("\u7528\u6237@example.org").composed();
    Opened opened = Opened.of(mail);
    assertThat(opened.parts().get(1).type()).isEqualTo("message/global-delivery-status");
    assertThat(opened.header().get("Content-Type")).contains("report-type=global-delivery-status;");
    assertThat(opened.status().get(1))
        .containsEntry("Final-Recipient", "utf-8; \u7528\u6237@example.org");
    assertThat(opened.text()).contains("  \u7528\u6237@example.org\r\n");
    assertThat(mail.eightBit()).isTrue();
    assertThat(mail.smtpUtf8()).as("its own header is ASCII, so any server takes it").isFalse();
    assertThat(subject(opened)).isEqualTo("Undelivered mail: \u7528\u6237@example.org");
  }

  @Test
  void aLongInternationalSubjectIsFoldedBetweenCharacters() {
    String recipient = "\ud83d\udcec".repeat(15) + "@example.org";
    ReportMail mail = Reported.mail().failed(recipient).composed();
    Opened opened = Opened.of(mail);
    assertThat(new String(mail.content(), ISO_8859_1).lines())
        .filteredOn(line -> line.contains("=?utf-8?"))
        .hasSizeGreaterThan(2)
        .allMatch(line -> line.length() <= 76);
    assertThat(subject(opened)).isEqualTo("Undelivered mail: " + recipient);
  }

  @Test
  void aReaderWithAnInternationalAddressNeedsSmtpUtf8() {
    ReportMail mail = Reported.mail().to("j\u00f6rg@example.net").failed("z@b.c").composed();
    assertThat(mail.smtpUtf8()).isTrue();
    assertThat(new String(mail.content(), UTF_8)).contains("\r\nTo: <j\u00f6rg@example.net>\r\n");
    assertThat(mail.eightBit()).isTrue();
  }

  @Test
  void anAsciiMailStaysSevenBitThoughItWasSentWithSmtpUtf8() {
    ReportMail mail =
        Reported.mail().original(Reported.CONTENT, true, true).failed("z@b.c").composed();
    assertThat(mail.eightBit()).isFalse();
    assertThat(mail.smtpUtf8()).isFalse();
    assertThat(Opened.of(mail).returned().type()).isEqualTo("message/rfc822");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          utf-8  | \\x{7528}@x.org | \u7528@x.org | utf-8; \u7528@x.org
          utf-8  | \\x{7528}@x.org | z@x.org | utf-8; \\x{7528}@x.org
          utf-8  | \\x{D}\\x{zz}\\x{7528 | \u7528@x.org | utf-8; \\x{D}\\x{zz}\\x{7528
          utf-8  | \\x{D800}\\x{110000}\\x{} | \u7528@x.org | utf-8; \\x{D800}\\x{110000}\\x{}
          rfc822 | \\x{7528}@x.org | \u7528@x.org | rfc822; \\x{7528}@x.org
          """)
  void theOriginalRecipientIsReadWhereUtf8MayBeWritten(
      String type, String address, String recipient, String field) {
    Opened mail =
        Opened.of(
            Reported.mail()
                .with(
                    recipient,
                    Optional.of(new Orcpt(type, address)),
                    Action.FAILED,
                    Optional.empty())
                .composed());
    assertThat(mail.status().get(1)).containsEntry("Original-Recipient", field);
  }

  private static String subject(Opened mail) {
    return DecoderUtil.decodeEncodedWords(mail.header().get("Subject").strip(), UTF_8);
  }
}
