package me.ehlo.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import me.ehlo.lines.ContentLimits;
import me.ehlo.mail.Parsed;
import me.ehlo.mime.MailReader;
import me.ehlo.mime.ReadMail;
import me.ehlo.mime.ReceivedField;
import me.ehlo.mime.ReceivedParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailDiagnosisTest {
  private static final Path MAILS = Path.of("src/test/resources/received");
  private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
  private static final String GOOD =
      "From: ann@a.example\nDate: Sun, 22 Nov 2026 10:00:00 +0000\nMessage-ID: <1@a.example>\nSubject: x\n";

  @ParameterizedTest
  @ValueSource(strings = {"good", "forged", "slow"})
  void aWholeMailIsExplained(String name) throws IOException {
    String page =
        String.join("\n", new MailPage(80, true, false).lines(explained(name), false)) + "\n";
    assertThat(page).isEqualTo(Files.readString(MAILS.resolve(name + ".txt"), UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"good, 0, 0", "forged, 51, 51", "slow, 0, 50"})
  void theShellIsTold(String name, int exit, int strict) throws IOException {
    assertThat(Outcome.of(explained(name).report(), false)).isEqualTo(exit);
    assertThat(Outcome.of(explained(name).report(), true)).isEqualTo(strict);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80})
  void noLineIsLongerThanTheScreenAndColourAddsNothingButColour(int width) throws IOException {
    List<String> plain = new MailPage(width, false, false).lines(explained("slow"), true);
    List<String> coloured = new MailPage(width, false, true).lines(explained("slow"), true);
    assertThat(plain).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    assertThat(coloured).isNotEqualTo(plain);
    assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
        .isEqualTo(plain);
  }

  @Test
  void theDocumentHasTheWayAndTheParts() throws IOException {
    assertThat(MailJson.of(explained("good"), 0))
        .startsWith("{\"v\":1,\"subject\":\"<1.2@sender.example>\",")
        .contains(
            "\"mail\":{\"from\":\"Ann K\\u00FChn <ann@sender.example>\"",
            "\"recipients\":[\"bob@receiver.example\"]")
        .contains(
            "\"route\":{\"entry\":2,\"seconds\":4,\"hops\":[{\"hop\":1,\"own\":false,\"from\":\"[10.0.0.5]\"")
        .contains(
            "\"tls\":{\"told\":\"yes\",\"version\":\"TLSv1.3\",\"cipher\":\"TLS_AES_256_GCM_SHA384\"}")
        .contains("\"time\":\"2026-11-22T11:00:05+01:00\",\"delay\":1,\"skew\":0")
        .contains("\"number\":\"1.2\",\"type\":\"text/html\",\"charset\":\"utf-8\"")
        .endsWith("\"flaws\":[],\"parts\":[]}]}}");
  }

  /** Times as seconds of one hour, oldest first; what is told: a delay, or a skew with its sign, or a dash. */
  @ParameterizedTest
  @CsvSource({
    "0 3 4, - 3 1",
    "0 0 0, - 0 0",
    "5 4 6, - 0 2",
    "600 200 605, - skew-400 5",
    "900 0 1 2, skew+900 - 1 1",
    "0 1 2 -3000, - 1 1 skew-3002",
    "0 ? 2, - - 2",
    "?, -",
    "1000 0, skew+1000 -",
  })
  void clocksThatDoNotFitAreNamedAndNoDelayIsNegative(String times, String expected) {
    List<ReceivedField> fields = new ArrayList<>();
    for (String time : times.split(" ")) {
      String date =
          time.equals("?")
              ? "never"
              : Instant.parse("2026-11-22T10:00:00Z").plusSeconds(Long.parseLong(time)).toString();
      fields.add(
          ReceivedParser.parse(
              "by a; " + date.replaceAll("(....)-(..)-(..)T(.*)Z", "$3 Nov $1 $4 +0000")));
    }
    assertThat(
            Clocks.hops(fields).stream()
                .map(hop ->
                    hop.isSkewed()
                        ? "skew" + (hop.skew().isNegative() ? "" : "+") + hop.skew().toSeconds()
                        : hop.delay().map(it -> String.valueOf(it.toSeconds())).orElse("-"))
                .collect(Collectors.joining(" ")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "mx.example.org, store.example.org, true",
    "example.org, MX.example.ORG, true",
    "a.eu1.prod.example.com, b.eu2.prod.example.com, true",
    "example.org, other.org, false",
    "example.co.uk, other.co.uk, false",
    "mx.example.co.uk, example.co.uk, true",
    "45.45.0.1, 45.46.0.1, false",
    "localhost, localhost, true"
  })
  void hostsOfOneSiteHaveADomainInCommon(String one, String other, boolean expected) {
    assertThat(Route.isOneSite(one, other)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          from a (b [45.45.0.1]) (using TLSv1.3 with cipher X (256/256 bits)) by c with ESMTPS | YES
          from a (unknown [127.0.0.1]) by c (Postfix) with ESMTPS id 4X  | YES
          from a ([127.0.0.1]) by c with ESMTP id 4X                     | LOCAL
          from a (b [45.45.0.1]) by c with ESMTP                         | NO
          from a (b [45.45.0.1]) by c with LMTP                          | NO
          from a by c with LMTP                                          | LOCAL
          from ann by c with local                                       | LOCAL
          by c (Postfix, from userid 1000) id 4X                         | LOCAL
          from a (b [45.45.0.1]) by c with SMTP                          | UNTOLD
          by 2002:a05:6a10::1 with SMTP id 4X                            | UNTOLD
          from a (2603::5) by b (2603::6) with Microsoft SMTP Server (version=TLS1_2, cipher=X) | YES
          from a by c with carrier pigeon                                | UNTOLD
          """)
  void encryptionIsWhatTheFieldTellsOfIt(String field, Hop.Told expected) {
    List<ReceivedField> fields =
        List.of(ReceivedParser.parse(field + "; Sun, 22 Nov 2026 10:00:00 +0000"));
    assertThat(Clocks.hops(fields).getFirst().encryption()).isEqualTo(expected);
  }

  /** The newest first, as in a header. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          from x.there.example (x.there.example [45.45.0.1]) by mx.here.example                        | 1
          from mx.here.example by store.here.example / from x (unknown [45.45.0.1]) by mx.here.example | 1
          from f ([127.0.0.1]) by mx.here.example / from x (y.there.example [45.45.0.1]) by mx.here.example / from a by b.there.example | 2
          from mx2.here.example (evil.example [45.45.0.66]) by mx.here.example / from bank.example by mx2.here.example | 2
          from mx2.here.example ([45.45.0.66]) by mx.here.example / from bank.example by mx2.here.example | 2
          from mx2.here.example (mx2.here.example [45.45.0.2]) by mx.here.example / from b (b.example [45.45.0.9]) by mx2.here.example | 1
          from b (mx2.here.example [45.45.0.66] (may be forged)) by mx.here.example / from bank.example by mx2.here.example | 2
          """)
  void theSiteEndsWhereItsHostsHadItFromSomebodyElse(String fields, int entry) {
    String header =
        List.of(fields.split(" / ")).stream()
            .map(field -> "Received: " + field + "; Sun, 22 Nov 2026 10:00:00 +0000\n")
            .collect(Collectors.joining());
    assertThat(explain(header + GOOD).route().entry()).isEqualTo(entry);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          From: "ann@b.example" <ann@a.example>                     | fail name
          From: "ann@a.example" <ann@a.example>                     | -
          From: "Ann ann@b.example via" <l@l.example>;List-Id: <l>   | note list, note name
          From: a@a.example;From: b@b.example                       | fail twice
          Subject: a;Subject: b                                     | warn twice
          Date: yesterday                                           | warn date
          Message-ID: x                                             | note message-id
          Subject:                                                  | note subject
          Bcc: carl@a.example                                       | warn bcc
          Subject: =?utf-8?Q?x                                      | warn encoded
          X: é                                                      | warn raw-header
          Reply-To: x@b.example                                     | note reply-to
          Return-Path: <x@b.example>                                | note envelope
          Return-Path: <>                                           | note envelope
          Return-Path: <x@lists.a.example>                          | -
          Auto-Submitted: auto-replied                              | note automatic
          Auto-Submitted: no                                        | -
          Precedence: bulk                                          | note automatic
          List-Unsubscribe: <mailto:x@b.example>                    | note list
          Authentication-Results: mx.b.example; spf=pass            | note auth
          """)
  void oddHeaders(String fields, String expected) {
    String mail = GOOD;
    for (String field : fields.split(";(?! )")) {
      String name = field.substring(0, field.indexOf(':') + 1);
      boolean first = fields.startsWith(field);
      mail =
          first ? mail.replaceAll("(?m)^" + name + ".*\n", "") + field + "\n" : mail + field + "\n";
    }
    assertThat(odd(mail, "received")).isEqualTo(expected);
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThat(odd("Subject: x\n", "received"))
        .isEqualTo("note missing, warn missing, warn missing");
    assertThat(odd(GOOD, "")).isEqualTo("note received");
  }

  private static String odd(String header, String but) {
    String odd =
        explain(header).report().findings().stream()
            .filter(finding -> finding.result() != Result.OK && !finding.check().equals(but))
            .map(finding -> finding.result().id() + " " + finding.check())
            .sorted()
            .collect(Collectors.joining(", "));
    return odd.isEmpty() ? "-" : odd;
  }

  @Test
  void onlyWhatIsAskedForIsTold() throws IOException {
    ReadMail mail = explained("forged").mail();
    assertThat(MailDiagnosis.of(mail, NOW, Set.of("bcc")).report().findings())
        .extracting(Finding::check)
        .containsExactly("bcc");
    assertThat(MailDiagnosis.of(mail, NOW, Set.of()).report().findings())
        .extracting(Finding::check)
        .isSubsetOf(MailDiagnosis.ids());
  }

  @Test
  @Timeout(60)
  void tenThousandHopsAreExplainedInTime() {
    StringBuilder mail = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      mail.append(
          "Received: from h ([45.45.0.1]) by h"
              + i
              + ".example with ESMTP; 22 Nov 2026 10:"
              + (10 + i * 7 % 50)
              + ":00 +0000\n");
    }
    Explained explained = explain(mail + GOOD);
    assertThat(new MailPage(80, true, false).lines(explained, true)).hasSizeBetween(100, 1000);
    assertThat(explained.report().has(Result.WARN)).isTrue();
  }

  private static Explained explained(String name) throws IOException {
    return of(Files.readAllBytes(MAILS.resolve(name + ".eml")));
  }

  private static Explained explain(String header) {
    return of((header + "\ntext\n").getBytes(ISO_8859_1));
  }

  private static Explained of(byte[] octets) {
    return switch (new MailReader(ContentLimits.DEFAULT).read(octets)) {
      case Parsed.Right<ReadMail>(var mail) -> MailDiagnosis.of(mail, NOW, Set.of());
      case Parsed.Wrong<ReadMail>(var why) -> throw new AssertionError(why);
    };
  }
}
