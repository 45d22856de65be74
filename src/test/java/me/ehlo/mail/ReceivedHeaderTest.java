package me.ehlo.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedHeaderTest {
  private static final MailId ID = new MailId(31);
  private static final Recipient BOB = to("bob");

  @Test
  void saysWhatTheRfcAsks() {
    String date =
        ReceivedHeader.date(Instant.parse("2026-11-02T03:04:05Z"), ZoneId.of("Europe/Berlin"));
    assertThat(header("client.example", List.of(BOB), date))
        .isEqualTo(
            String.join(
                "\r\n",
                "Received: from client.example ([192.0.2.1])",
                "\tby mx.ehlo.test (Ehlo) with ESMTP id 00000000000Z",
                "\tfor <bob@ehlo.test>;",
                "\tMon, 2 Nov 2026 04:04:05 +0100",
                ""));
  }

  @Test
  void severalRecipientsAreNotNamed() {
    assertThat(header("client.example", List.of(BOB, to("ann")), "date"))
        .isEqualTo(
            "Received: from client.example ([192.0.2.1])\r\n\tby mx.ehlo.test (Ehlo) with ESMTP id 00000000000Z;\r\n\tdate\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a\r\nBcc: x",
        "a\n",
        "a\r",
        "a\0",
        "[1.2.3.4]\r\nX: y",
        "[x]",
        "a)",
        "(a",
        "a;",
        "ü.example",
        "a.",
        "[IPv6:::1%lo]"
      })
  void whatIsNoNameIsNotWritten(String name) {
    assertThat(header(name, List.of(BOB), "date"))
        .startsWith("Received: from [192.0.2.1] ([192.0.2.1])\r\n\tby mx");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a>;", "\"", "\\", "<", "a;b"})
  void oddLocalPartsAreQuoted(String local) {
    String quoted = "\"" + local.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    assertThat(header("c.example", List.of(to(local)), "date"))
        .contains("\r\n\tfor <" + quoted + "@ehlo.test>;\r\n\tdate\r\n");
  }

  private static Recipient to(String local) {
    Mailbox mailbox = new Mailbox(new LocalPart(local), Domain.ofAscii("ehlo.test"));
    return Recipient.local(new ForwardPath.To(mailbox), List.of(new AccountId(1)));
  }

  private static String header(String name, List<Recipient> recipients, String date) {
    return ReceivedHeader.of(
        name,
        "[192.0.2.1]",
        "mx.ehlo.test",
        new ReceivedHeader.Way("ESMTP", "", ""),
        ID,
        recipients,
        date);
  }
}
