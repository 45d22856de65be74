package me.ehlo.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import me.ehlo.lines.ContentLimits;
import me.ehlo.mail.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailReaderTest {
  private static final String FROM = "From: ann@a.example\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          Content-Type: text/plain; charset=utf-8;;hi                                   | :text/plain
          X: y;;hi                                                                      | :text/plain
          Content-Type: multipart/mixed; boundary=b;;--b;;a;--b;Content-Type: image/png;;b;--b-- | :multipart/mixed 1:text/plain 2:image/png
          Content-Type: multipart/digest; boundary=b;;--b;;Subject: x;;a;--b--          | :multipart/digest 1:message/rfc822 1.1:text/plain
          Content-Type: message/rfc822;;Subject: x;;a                                   | :message/rfc822 1:text/plain
          Content-Type: multipart/mixed; boundary=b;;--b;;a                             | :multipart/mixed!NO_END 1:text/plain
          Content-Type: multipart/mixed; boundary=b;;--b;Content-Type: multipart/mixed; boundary=c;;--c;;a;--b-- | :multipart/mixed 1:multipart/mixed!NO_END 1.1:text/plain
          Content-Type: multipart/mixed;;a                                              | :multipart/mixed!NO_BOUNDARY
          Content-Type: text/plain; charset=x-never;;a                                  | :text/plain!UNKNOWN_CHARSET
          Content-Type: text/plain; charset="a b/c";;a                                  | :text/plain!UNKNOWN_CHARSET
          Content-Transfer-Encoding: x-never;;a                                         | :text/plain!UNKNOWN_ENCODING
          Content-Transfer-Encoding: base64;;aGVsbG8=                                   | :text/plain
          Content-Transfer-Encoding: base64;;aGVs*G8=                                   | :text/plain!DAMAGED
          Content-Transfer-Encoding: 7bit;;é                                            | :text/plain!EIGHT_BIT
          Content-Transfer-Encoding: 8bit;;é                                            | :text/plain
          Content-Type: multipart/mixed; boundary=b;Content-Transfer-Encoding: base64;;YQ== | :multipart/mixed!ENCODED_PARTS!NO_END
          """)
  void partsAndWhatIsOddAboutThem(String mail, String expected) {
    List<String> parts = new ArrayList<>();
    collect(read(lines(mail)).content(), parts);
    assertThat(String.join(" ", parts)).isEqualTo(expected);
  }

  private static void collect(Part part, List<String> parts) {
    String flaws = String.join("", part.flaws().stream().map(it -> "!" + it).sorted().toList());
    parts.add(part.number() + ":" + part.type() + flaws);
    part.parts().forEach(inner -> collect(inner, parts));
  }

  /** A semicolon without a blank behind it is a line's end here. */
  private static String lines(String text) {
    return FROM + text.replaceAll(";(?! )", "\n");
  }

  @Test
  void sizesAreToldAsTheyStandAndDecoded() {
    Part part =
        read(lines(
                "Content-Transfer-Encoding: base64;Content-Disposition: ATTACHMENT; filename=x.bin;;aGVsbG8="))
            .content();
    assertThat(part.octets()).isEqualTo(8);
    assertThat(part.decodedOctets()).isEqualTo(5);
    assertThat(part.disposition()).isEqualTo("attachment");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          Content-Disposition: attachment; filename="a b.pdf"             | a b.pdf
          Content-Disposition: attachment; filename*=utf-8''Gr%C3%BC.pdf  | Grü.pdf
          Content-Type: image/png; name="=?utf-8?Q?Gr=C3=BC?="            | Grü
          Content-Type: image/png                                         | ~~
          """)
  void namesOfFilesAreRead(String field, String name) {
    assertThat(read(FROM + field + "\n\nx").content().fileName()).isEqualTo(name);
  }

  @Test
  void ofAnMboxTheFirstMailIsTaken() {
    String mbox =
        "From ann@a.example Sun Nov 22 10:00:00 2026\n"
            + FROM
            + "\nFrom here on it is text\n\nFrom now on, too\n\n"
            + "From bob@b.example Sun Nov 22 10:00:01 2026\nFrom: bob@b.example\n\ny\n";
    ReadMail mail = read(mbox);
    assertThat(mail.others()).isTrue();
    assertThat(mail.mbox()).startsWith("From ann@a.example");
    assertThat(mail.fields()).extracting(HeaderField::octets).containsExactly("ann@a.example");
    assertThat(mail.content().octets())
        .isEqualTo("From here on it is text\n\nFrom now on, too\n\n".length());
    assertThat(read(FROM + "\n\nFrom bob Sun Nov 22 10:00:01 2026\n").others()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n\nhello", "hello world\n", "\0\1\2", "a: b\nc: d\n\ne", "%PDF-1.4\n"})
  void whatIsNoMailIsSaidToBeNone(String text) {
    assertThat(new MailReader(ContentLimits.DEFAULT).read(text.getBytes(ISO_8859_1)))
        .isInstanceOf(Parsed.Wrong.class);
  }

  @ParameterizedTest
  @CsvSource({
    "a\\r\\nb\\r\\n, 2, 0, 0, 0",
    "a\\nb\\n, 0, 2, 0, 0",
    "a\\r\\nb\\n, 1, 1, 0, 0",
    "a\\rb\\r\\n, 1, 0, 1, 0",
    "a\\0b, 0, 0, 0, 1",
    "a\\r, 0, 0, 1, 0",
  })
  void lineEndsAreCounted(String text, long crlf, long bareLf, long bareCr, long nuls) {
    String octets = text.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
    LineEnds lines = LineEnds.of(octets.getBytes(ISO_8859_1));
    assertThat(lines).isEqualTo(new LineEnds(crlf, bareLf, bareCr, nuls, 0, lines.longest()));
    assertThat(LineEnds.of(("x".repeat(998) + "\r\n" + "x".repeat(999)).getBytes(ISO_8859_1)))
        .isEqualTo(new LineEnds(1, 0, 0, 0, 1, 999));
  }

  @ParameterizedTest
  @CsvSource({
    "=?utf-8?Q?Gr=C3=BC=C3=9Fe?=, Grüße, false",
    "=?utf-8?B?w7w=?= x, ü x, false",
    "what =? is this, what =? is this, false",
    "=?utf-8?B?w7w=, =?utf-8?B?w7w=, true",
    "=?x-never?Q?a?=, =?x-never?Q?a?=, true",
  })
  void encodedWords(String text, String decoded, boolean broken) {
    assertThat(EncodedWords.decode(text)).isEqualTo(decoded);
    assertThat(EncodedWords.hasBroken(text)).isEqualTo(broken);
  }

  @ParameterizedTest
  @MethodSource
  @Timeout(60)
  void hostileMailsEndInTime(Hostile hostile) {
    ReadMail mail = read(hostile.mail);
    assertThat(mail.whole() && mail.wholeHeader()).isEqualTo(hostile.whole);
    assertThat(mail.text("From")).isEqualTo("ann@a.example");
  }

  static Stream<Hostile> hostileMailsEndInTime() {
    StringBuilder deep = new StringBuilder(FROM);
    for (int i = 0; i < 1000; i++) {
      deep.append("Content-Type: multipart/mixed; boundary=b" + i + "\n\n--b" + i + "\n");
    }
    String multipart = FROM + "Content-Type: multipart/mixed; boundary=b\n\n--b\n";
    return Stream.of(
        new Hostile("a thousand levels", deep.toString(), false),
        new Hostile(
            "a thousand mails in mails",
            FROM + "Content-Type: message/rfc822\n\n".repeat(1000),
            false),
        new Hostile("many parts", multipart + "\nx\n--b\n".repeat(100_000), false),
        new Hostile("many fields", FROM + "Received: x\n".repeat(10_000) + "\n", false),
        new Hostile("a line of 50 MB", FROM + "\n" + "x".repeat(50_000_000), true),
        new Hostile("such a line in the header", FROM + "X: " + "x".repeat(50_000_000), false),
        new Hostile("such a line in a part's", multipart + "X: " + "x".repeat(50_000_000), false),
        new Hostile("words", FROM + "X: " + "=?utf-8?Q?a".repeat(80_000) + "\n\n", true));
  }

  /** A mail that somebody has made to do harm; {@code whole}: all of it is within the limits. */
  record Hostile(String name, String mail, boolean whole) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static ReadMail read(String mail) {
    return switch (new MailReader(ContentLimits.DEFAULT).read(mail.getBytes(ISO_8859_1))) {
      case Parsed.Right<ReadMail>(var read) -> read;
      case Parsed.Wrong<ReadMail>(var why) -> throw new AssertionError(why);
    };
  }
}
