package me.ehlo.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import me.ehlo.mail.MailId;
import me.ehlo.mail.ReceivedHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Received fields in the ways of the servers that people meet. */
class ReceivedParserTest {
  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

  /** Its name; the field; said, reverse, address, by, with, version, cipher, id, for. */
  record Sample(String server, String field, String told) {
    @Override
    public String toString() {
      return server;
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void eachServersOwnWayIsRead(Sample sample) {
    ReceivedField field = ReceivedParser.parse(sample.field);
    assertThat(
            List.of(
                field.client().said(),
                field.client().reverse(),
                field.client().address().map(InetAddress::getHostAddress).orElse(""),
                field.by(),
                field.with(),
                field.tls().version(),
                field.tls().cipher(),
                field.id(),
                field.recipient()))
        .containsExactly(sample.told.split("\\|", -1));
    assertThat(field.at().map(OffsetDateTime::toInstant)).contains(TEN);
    assertThat(field.isReadable()).isTrue();
  }

  static Stream<Sample> samples() {
    return Stream.of(
        new Sample(
            "Postfix, TLS",
            """
            from client.example (rdns.example [192.0.2.1])
            \t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
            \t key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256)
            \t(No client certificate requested)
            \tby mx.example.org (Postfix) with ESMTPS id 4XyZ9k2
            \tfor <bob@example.org>; Sun, 22 Nov 2026 10:00:00 +0000 (UTC)
            """,
            "client.example|rdns.example|192.0.2.1|mx.example.org|ESMTPS|TLSv1.3|TLS_AES_256_GCM_SHA384|4XyZ9k2|bob@example.org"),
        new Sample(
            "Postfix, no reverse name, IPv6",
            "from client.example (unknown [IPv6:2001:db8::7]) by mx.example.org (Postfix) with ESMTP id 4X; Sun, 22 Nov 2026 11:00:00 +0100 (CET)",
            "client.example||2001:db8:0:0:0:0:0:7|mx.example.org|ESMTP|||4X|"),
        new Sample(
            "Postfix, logged in",
            "from [10.0.0.5] (dsl.example [203.0.113.9]) (using TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits))"
                + " (Authenticated sender: ann) by mail.example (Postfix) with ESMTPSA id 4Y for <bob@example.org>; Sun, 22 Nov 2026 10:00:00 +0000",
            "[10.0.0.5]|dsl.example|203.0.113.9|mail.example|ESMTPSA|TLSv1.2|ECDHE-RSA-AES256-GCM-SHA384|4Y|bob@example.org"),
        new Sample(
            "Postfix, handed in",
            "by mail.example (Postfix, from userid 1000) id 4Z; Sun, 22 Nov 2026 10:00:00 +0000 (UTC)",
            "|||mail.example||||4Z|"),
        new Sample(
            "Exim 4.96",
            """
            from rdns.example ([192.0.2.1] helo=client.example)
            \tby mx.example.org with esmtps  (TLS1.3) tls TLS_AES_256_GCM_SHA384
            \t(Exim 4.96)
            \t(envelope-from <ann@example.net>)
            \tid 1tEabc-000000001ab-2Xyz
            \tfor bob@example.org;
            \tSun, 22 Nov 2026 10:00:00 +0000
            """,
            "client.example|rdns.example|192.0.2.1|mx.example.org|esmtps|TLSv1.3|TLS_AES_256_GCM_SHA384|1tEabc-000000001ab-2Xyz|bob@example.org"),
        new Sample(
            "Exim 4.92, no reverse name",
            "from [192.0.2.1] (port=4711 helo=client.example) by mx.example.org with esmtpsa (TLSv1.2:ECDHE-RSA-AES256-GCM-SHA384:256)"
                + " (Exim 4.92) (envelope-from <ann@example.net>) id 1iX for bob@example.org; Sun, 22 Nov 2026 10:00:00 +0000",
            "client.example||192.0.2.1|mx.example.org|esmtpsa|TLSv1.2|ECDHE-RSA-AES256-GCM-SHA384|1iX|bob@example.org"),
        new Sample(
            "Exim, handed in",
            "from ann by mail.example with local (Exim 4.96) (envelope-from <ann@example.net>) id 1tE for bob@example.org; Sun, 22 Nov 2026 10:00:00 +0000",
            "ann|||mail.example|local|||1tE|bob@example.org"),
        new Sample(
            "Sendmail",
            """
            from client.example (rdns.example [192.0.2.1] (may be forged))
            \tby mx.example.org (8.17.1.9/8.17.1.9) with ESMTPS id 4AMA0000123
            \t(version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=NO)
            \tfor <bob@example.org>; Sun, 22 Nov 2026 05:00:00 -0500
            """,
            "client.example|rdns.example|192.0.2.1|mx.example.org|ESMTPS|TLSv1.3|TLS_AES_256_GCM_SHA384|4AMA0000123|bob@example.org"),
        new Sample(
            "OpenSMTPD",
            "from client.example (rdns.example [192.0.2.1]) by mx.example.org (OpenSMTPD) with ESMTPS id 0b1c2d3e"
                + " (TLSv1.3:TLS_CHACHA20_POLY1305_SHA256:256:NO) for <bob@example.org>; Sun, 22 Nov 2026 10:00:00 +0000 (UTC)",
            "client.example|rdns.example|192.0.2.1|mx.example.org|ESMTPS|TLSv1.3|TLS_CHACHA20_POLY1305_SHA256|0b1c2d3e|bob@example.org"),
        new Sample(
            "qmail",
            "from unknown (HELO client.example) (ann@192.0.2.1) by mx.example.org with (AES256-GCM-SHA384 encrypted) SMTP; 22 Nov 2026 10:00:00 -0000",
            "client.example||192.0.2.1|mx.example.org|SMTP||AES256-GCM-SHA384||"),
        new Sample(
            "qmail, on its own machine",
            "(qmail 4711 invoked by uid 1000); 22 Nov 2026 10:00:00 -0000",
            "||||||||"),
        new Sample(
            "Exchange",
            """
            from AM0PR01.eurprd01.prod.outlook.com (2603:10a6:208:1::5)
             by VI1PR02.eurprd02.prod.outlook.com (2603:10a6:803:1::20) with Microsoft SMTP
             Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id
             15.20.8158.24; Sun, 22 Nov 2026 10:00:00 +0000
            """,
            "AM0PR01.eurprd01.prod.outlook.com||2603:10a6:208:1:0:0:0:5|VI1PR02.eurprd02.prod.outlook.com|Microsoft SMTP Server|TLSv1.2|TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384|15.20.8158.24|"),
        new Sample(
            "Gmail",
            """
            from client.example (rdns.example. [192.0.2.1])
                    by mx.google.com with ESMTPS id 5b1f17b1804b1-4x.2026.11.22.02.00.00
                    for <bob@example.org>
                    (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);
                    Sun, 22 Nov 2026 02:00:00 -0800 (PST)
            """,
            "client.example|rdns.example|192.0.2.1|mx.google.com|ESMTPS|TLSv1.3|TLS_AES_256_GCM_SHA384|5b1f17b1804b1-4x.2026.11.22.02.00.00|bob@example.org"),
        new Sample(
            "Gmail, within",
            "by 2002:a05:6a10:1234:b0:7:8:9 with SMTP id d2csp123; Sun, 22 Nov 2026 02:00:00 -0800 (PST)",
            "|||2002:a05:6a10:1234:b0:7:8:9|SMTP|||d2csp123|"),
        new Sample(
            "Dovecot LMTP",
            "from mx.example.org by mail.example.org with LMTP id abCDEfghIJ (envelope-from <ann@example.net>) for <bob@example.org>; Sun, 22 Nov 2026 10:00:00 +0000",
            "mx.example.org|||mail.example.org|LMTP|||abCDEfghIJ|bob@example.org"),
        new Sample(
            "Courier",
            "from client.example (rdns.example [::ffff:192.0.2.1]) (TLS: TLSv1.3,256bits,TLS_AES_256_GCM_SHA384)"
                + " by mx.example.org with ESMTPS; Sun, 22 Nov 2026 10:00:00 +0000 id 0000000000A1.65B.1",
            "client.example|rdns.example|192.0.2.1|mx.example.org|ESMTPS|TLSv1.3|TLS_AES_256_GCM_SHA384|0000000000A1.65B.1|"),
        new Sample(
            "Ehlo",
            ReceivedHeader.of(
                    "client.example",
                    "[192.0.2.1]",
                    "mx.example.org",
                    new ReceivedHeader.Way("ESMTPS", "TLSv1.3", "TLS_AES_256_GCM_SHA384"),
                    new MailId(31),
                    List.of(),
                    "Sun, 22 Nov 2026 10:00:00 +0000")
                .substring("Received: ".length()),
            "client.example||192.0.2.1|mx.example.org|ESMTPS|TLSv1.3|TLS_AES_256_GCM_SHA384|00000000000Z|"),
        new Sample(
            "a browser's",
            "from [203.0.113.9] by webmail.example with HTTP; Sun, 22 Nov 2026 10:00:00 +0000",
            "[203.0.113.9]||203.0.113.9|webmail.example|HTTP||||"));
  }

  @Test
  void whatTheServerDoubtsIsKept() {
    assertThat(
            ReceivedParser.parse("from a (b [192.0.2.1] (may be forged)) by c; x")
                .client()
                .doubtful())
        .isTrue();
    assertThat(ReceivedParser.parse("from a (b [192.0.2.1]) by c; x").client().doubtful())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ";", "hello", "(", ")", "((((", "; ;", "(a); never", "from", "by", "\\"})
  void whatSaysNothingIsAFieldAllTheSame(String text) {
    ReceivedField field = ReceivedParser.parse(text);
    assertThat(field.isReadable()).isFalse();
    assertThat(field.text()).isEqualTo(text);
  }

  @Test
  void aCommentThatDoesNotCloseHidesNothingBehindIt() {
    assertThat(ReceivedParser.parse("from a (b [192.0.2.1] by c; x").by()).isEqualTo("c");
  }

  @Test
  @Timeout(20)
  void hostileFieldsEndInTime() {
    for (String piece : List.of("(", "from ", "(TLS:", "version=", "[", "1 Jan ", "=?", "using ")) {
      ReceivedField field = ReceivedParser.parse(piece.repeat(1_000_000));
      assertThat(field.text()).hasSizeGreaterThan(999_999);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 22 Nov 2026 10:00:00 +0000 | 2026-11-22T10:00Z",
        "22 Nov 2026 10:00 GMT           | 2026-11-22T10:00Z",
        "Sun, 22 nov 26 05:00:00 EST     | 2026-11-22T05:00-05:00",
        "1 Jan 99 00:00:00 UT            | 1999-01-01T00:00Z",
        "Sat, 31 Dec 2016 23:59:60 +0000 | 2016-12-31T23:59:59Z",
        "Sun, 22 Nov 2026 15:30:00 +0530 | 2026-11-22T15:30+05:30",
        "Sun, 22 Nov 2026 10:00:00       | 2026-11-22T10:00Z",
        "Sun,  2 Nov 2026  9:00:00 -0330 | 2026-11-02T09:00-03:30",
      })
  void datesOfEveryAgeAreRead(String text, String expected) {
    assertThat(DateParser.parse(text).map(OffsetDateTime::toString)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "31 Feb 2026 10:00:00 +0000",
        "22 Nov 2026 25:00:00 +0000",
        "22 Non 2026 10:00:00 +0000",
        "22 Nov 2026 10:00:00 +9900",
        "2026-11-22T10:00:00Z"
      })
  void whatIsNoDateIsNone(String text) {
    assertThat(DateParser.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ESMTPS, YES",
    "esmtpsa, YES",
    "UTF8SMTPSA, YES",
    "ESMTP, NO",
    "UTF8LMTP, NO",
    "local, LOCAL",
    "SMTP, UNTOLD",
    "carrier pigeon, UNTOLD"
  })
  void transmissionTypesSayWhetherTheyAreEncrypted(
      String with, TransmissionType.Encrypted expected) {
    assertThat(TransmissionType.of(with).encrypted()).isEqualTo(expected);
    assertThat(TransmissionType.of(with).meaning().isEmpty()).isEqualTo(with.contains("pigeon"));
  }

  @Test
  void timesAreThoseOfTheZoneTheyNames() {
    Duration apart =
        Duration.between(
            DateParser.parse("Sun, 22 Nov 2026 10:00:00 +0000").orElseThrow(),
            DateParser.parse("Sun, 22 Nov 2026 02:00:05 -0800 (PST)").orElseThrow());
    assertThat(apart).isEqualTo(Duration.ofSeconds(5));
  }
}
