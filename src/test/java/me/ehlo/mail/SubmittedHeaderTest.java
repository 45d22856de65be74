package me.ehlo.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A submitted header before and behind; {@code |} stands for CRLF. */
class SubmittedHeaderTest {
  private static final String DATE = "Date: Sat, 21 Nov 2026 09:02:13 +0000|";
  private static final String FROM = "From: ann@ehlo.test|";
  private static final String ID = "Message-ID: <000000000007@mx.ehlo.test>|";
  private static final SubmittedHeader.Context CONTEXT =
      new SubmittedHeader.Context(
          new Mailbox(new LocalPart("ann"), Domain.ofAscii("ehlo.test")),
          "Sat, 21 Nov 2026 09:02:13 +0000",
          new MailId(7),
          "mx.ehlo.test");

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      value = {
        "'' ~ DFM|",
        "| ~ DFM|",
        "Subject: x|| ~ Subject: x|DFM|",
        "Subject: x| ~ Subject: x|DFM",
        "Subject: x ~ Subject: x|DFM",
        "dAtE: never|MESSAGE-id : <x>|fRoM:ann@ehlo.test|| ~ dAtE: never|MESSAGE-id : <x>|fRoM:ann@ehlo.test||",
        "Date:|Message-ID:|From: ann@ehlo.test|| ~ Date:|Message-ID:|From: ann@ehlo.test||",
        "Resent-Date: x|Resent-From: ann@ehlo.test|Resent-Message-ID: y|| ~ Resent-Date: x|Resent-From: ann@ehlo.test|Resent-Message-ID: y|DFM|",
        "DFMBcc: eve@x.example|| ~ DFM|",
        "bCC :eve@x.example,| eve@y.example,|\tz@x|DFMTo: x@y|| ~ DFMTo: x@y||",
        "DFMBcc: eve@x.example ~ DFM",
        "DFMResent-Bcc: eve@x.example|Bcc:|BCC: y|| ~ DFM|",
        "DFMX-Bcc: eve@x.example|Subject: a| Bcc: b|| ~ DFMX-Bcc: eve@x.example|Subject: a| Bcc: b||",
        "DMFrom: ann|| ~ DMFrom: ann@ehlo.test||",
        "DMFrom: Ann Smith <ann>|| ~ DMFrom: Ann Smith <ann@ehlo.test>||",
        "DMFrom: ann (at home)|| ~ DMFrom: ann@ehlo.test (at home)||",
        "DFMTo: bob, carol@x.example,| Dave <dave>|Cc: e|Reply-To:f|Sender: ann|| ~ DFMTo: bob@ehlo.test, carol@x.example,| Dave <dave@ehlo.test>|Cc: e@ehlo.test|Reply-To:f@ehlo.test|Sender: ann@ehlo.test||",
        "DFMTo: undisclosed-recipients:;|Cc: friends: bob, x;|| ~ DFMTo: undisclosed-recipients:;|Cc: friends: bob, x;||",
        "DFMTo: bob smith|Cc: bob,|Reply-To: \"bob\"|Resent-To: <>|| ~ DFMTo: bob smith|Cc: bob,|Reply-To: \"bob\"|Resent-To: <>||",
        "DFMX-To: bob|Subject: bob|| ~ DFMX-To: bob|Subject: bob||",
        "DFMSubject:\ta |\t |\u00FF  \t|| ~ DFMSubject:\ta |\t |\u00FF  \t||",
      })
  void isCompletedAndNothingElse(String header, String completed) {
    assertThat(completed(header)).isEqualTo(filled(completed));
  }

  /** A header of one letter after the other would grow to a hundred times its size. */
  @Test
  void thatNamesMoreThanAnybodyWritesIsNotCompletedThere() {
    String most = "To: a" + ",a".repeat(9_998) + "|";
    assertThat(completed("DFM" + most + "Cc: b|Bcc: c||"))
        .isEqualTo(filled("DFM" + most.replace("a", "a@ehlo.test") + "Cc: b@ehlo.test||"));
    assertThat(completed(most + "Cc: a,b|Sender: ann|DFM|"))
        .isEqualTo(filled(most.replace("a", "a@ehlo.test") + "Cc: a,b|Sender: ann@ehlo.test|DFM|"));
    String authors = "From: a" + ",a".repeat(10_000) + "||";
    assertThat(completed("DM" + authors)).isEqualTo(filled("DM" + authors));
    assertThat(submitted("DM" + authors).authors()).isInstanceOf(Authors.Unclear.class);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      value = {
        "Subject: x|| ~ ''",
        "From: ann@ehlo.test|| ~ ann@ehlo.test",
        "From: ann|Sender: bob@x.example|| ~ ann@ehlo.test bob@x.example",
        "From: \"Ann, at @work <x@y>\" <ann@ehlo.test>|| ~ ann@ehlo.test",
        "From: =?utf-8?q?boss=40x.example?= <ann@ehlo.test>|| ~ ann@ehlo.test",
        "From: John Q. Public (me) <ann@ehlo.test> (again)|| ~ ann@ehlo.test",
        "From:| Ann| <ann@ehlo.test>|| ~ ann@ehlo.test",
        "From: a@x.example, B <b@y.example>,\"c d\"@z.example|| ~ a@x.example b@y.example \"c d\"@z.example",
        "From: <\"a@b\"@x.example>|| ~ \"a@b\"@x.example",
        "From: ann@[192.0.2.1]|| ~ ann@[192.0.2.1]",
        "From: <ann@[IPv6:2001:db8::1]>|| ~ ann@[IPv6:2001:db8::1]",
        "Resent-From: a@x.example|Resent-From: b@x.example|Resent-Sender: c@x.example|| ~ a@x.example b@x.example c@x.example",
      })
  void namesItsAuthors(String header, String authors) {
    assertThat(submitted(header).authors())
        .isInstanceOfSatisfying(
            Authors.Named.class,
            named ->
                assertThat(
                        String.join(
                            " ", named.mailboxes().stream().map(Mailbox::toString).toList()))
                    .isEqualTo(authors));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: ann@ehlo.test|From: boss@x.example||",
        "From: ann@ehlo.test|from : boss@x.example||",
        "Sender: ann@ehlo.test|Sender: ann@ehlo.test||",
        "From:||",
        "From: <>||",
        "From: Ann Smith||",
        "From: \"ann\"||",
        "From: ann@ehlo.test,||",
        "From: ,ann@ehlo.test||",
        "From: ann@ehlo.test boss@x.example||",
        "From: ann@ehlo.test <boss@x.example>||",
        "From: <ann@ehlo.test> <boss@x.example>||",
        "From: <ann@ehlo.test>boss@x.example||",
        "From: <<ann@ehlo.test>>||",
        "From: <ann@ehlo.test||",
        "From: ann@ehlo.test>||",
        "From: boss@x.example:<ann@ehlo.test>||",
        "From: <@x.example:ann@ehlo.test>||",
        "From: <@x.example,@y.example:ann@ehlo.test>||",
        "From: friends: ann@ehlo.test;||",
        "From: ann@ehlo.test; boss@x.example||",
        "From: ann@ehlo.test (<boss@x.example>)||",
        "From: ann@ehlo.test (boss@x.example)||",
        "From: (boss@x.example) ann@ehlo.test||",
        "From: ann@ehlo.test (unclosed||",
        "From: \"unclosed <ann@ehlo.test>||",
        "From: ann @ehlo.test||",
        "From: ann@ ehlo.test||",
        "From: ann(x)@ehlo.test||",
        "From: <ann @ehlo.test>||",
        "From: <ann@ehlo.test >||",
        "From: < ann@ehlo.test>||",
        "From: <ann@(x)ehlo.test>||",
        "From: ann@ehlo. test||",
        "From: ann@x.example@ehlo.test||",
        "From: ann@ehlo.test@x.example||",
        "From: =?utf-8?q?ann=40ehlo.test?=||",
        "From: =?utf-8?b?PGJvc3NAeC5leGFtcGxlPg==?=||",
        "From: <=?utf-8?q?boss?=@ehlo.test>||",
        "From: boss@x.example\u0001<ann@ehlo.test>||",
        "From: \"a\u0001b\" <ann@ehlo.test>||",
        "From: ann@ehlo.test\\@x.example||",
        "From: ann..b@ehlo.test||",
        "From: ann@ehlo..test||",
        "From: ann@||",
        "From: @ehlo.test||",
        "From: \u00FFann@ehlo.test||",
        "From: [ann@ehlo.test]||",
        "From ann@ehlo.test Sat Nov 21 09:02:13 2026|From: ann@ehlo.test||",
        "From: ann@ehlo.test|and this is no field||",
        "From: ann@ehlo.test|no field: x||",
        "From: ann@ehlo.test|: x||",
        "From: ann@ehlo.test|\u00E9: x||",
      })
  void refusesToGuess(String header) {
    assertThat(submitted(header).authors()).isInstanceOf(Authors.Unclear.class);
  }

  @Test
  void otherLanguages() {
    String header = "From: J\u00F6rg <j\u00F6rg@b\u00FCcher.example>\r\n\r\n";
    SubmittedHeader submitted = SubmittedHeader.of(header.getBytes(UTF_8), CONTEXT);
    assertThat(new String(submitted.octets(), UTF_8)).startsWith(header.stripTrailing());
    assertThat(submitted.authors())
        .isEqualTo(
            new Authors.Named(
                List.of(
                    new Mailbox(
                        new LocalPart("j\u00F6rg"), Domain.ofAscii("xn--bcher-kva.example")))));
  }

  @Test
  void isReadInLinearTime() {
    for (String thing :
        new String[] {"a@b.example, ", "(", "\"", "\\", "a ", "<", "a@", "(a)", "\r\n ", "a,"}) {
      String header = "From: " + thing.repeat(1_000_000 / thing.length()) + "\r\n\r\n";
      assertThat(submitted(header).authors()).isInstanceOf(Authors.Unclear.class);
      submitted(header.replace("From", "To"));
    }
    assertThat(submitted("A: b\r\n".repeat(200_000)).authors())
        .isEqualTo(new Authors.Named(List.of()));
  }

  private static SubmittedHeader submitted(String header) {
    return SubmittedHeader.of(filled(header).replace("|", "\r\n").getBytes(ISO_8859_1), CONTEXT);
  }

  private static String filled(String text) {
    return text.replace("DFM", DATE + FROM + ID).replace("DM", DATE + ID);
  }

  private static String completed(String header) {
    return new String(submitted(header).octets(), ISO_8859_1).replace("\r\n", "|");
  }
}
