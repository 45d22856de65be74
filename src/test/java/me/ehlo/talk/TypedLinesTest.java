package me.ehlo.talk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import me.ehlo.call.Door;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of a line that somebody has typed. */
class TypedLinesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AUTH PLAIN AGFubgBzZWNyZXQ=   | AUTH PLAIN <not shown>",
        "auth plain  AGFubgBzZWNyZXQ=  | auth plain <not shown>",
        "AUTH LOGIN                    | AUTH LOGIN",
        "PASS secret word              | PASS <not shown>",
        "APOP ann c4c9334bac560ecc979e | APOP ann <not shown>",
        "USER ann                      | USER ann",
        "MAIL FROM:<a@b> AUTH=<>       | MAIL FROM:<a@b> AUTH=<>",
      })
  void secretsAreNotShown(String line, String shown) {
    assertThat(Secrecy.shown(line, false)).isEqualTo(shown);
    assertThat(Secrecy.hasSecret(line, false)).isEqualTo(shown.contains("<not shown>"));
  }

  @ParameterizedTest
  @CsvSource({
    "/raw AUTH PLAIN AGFubgBzZWNyZXQ=\\r\\n, true",
    "/RAW  pass x, true",
    "/raw EHLO me\\r\\nAPOP ann c4c9, true",
    "/raw AUTH LOGIN\\r\\n, false",
    "/raw NOOP, false",
    "/auth, false",
    "/auth ann, false",
    "/auth ann PLAIN, false",
    "/auth ann secret, true",
    "PASS x, true",
  })
  void anOrderMayHoldASecretToo(String typed, boolean secret) {
    assertThat(Secrecy.isIn(typed)).isEqualTo(secret);
  }

  @Test
  void aTabSeparatesAsASpaceDoes() {
    assertThat(Secrecy.shown("AUTH\tPLAIN\tAGFubgBzZWNyZXQ=", false))
        .isEqualTo("AUTH PLAIN <not shown>");
    assertThat(Words.of("MAIL\tFROM:<a@b>").verb()).isEqualTo("MAIL");
  }

  @Test
  void anAnswerToAChallengeIsASecretWhateverItIs() {
    assertThat(Secrecy.shown("c2VjcmV0", true)).isEqualTo("<not shown>");
    assertThat(Secrecy.shown("QUIT", true)).isEqualTo("<not shown>");
    assertThat(Secrecy.shown("*", true)).isEqualTo("*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MAIL FROM:<ann@b.example> SIZE=1 | MAIL | ann@b.example | b.example",
        "rcpt to: bob@c.example           | RCPT | bob@c.example | c.example",
        "MAIL FROM:<>                     | MAIL | ''            | ''",
        "DATA                             | DATA | ''            | ''",
        "EHLO  client                     | EHLO | client        | ''",
      })
  void aCommandIsUnderstoodOnlyToExplainIt(
      String line, String verb, String address, String domain) {
    Words words = Words.of(line);
    assertThat(words.verb()).isEqualTo(verb);
    assertThat(words.address()).isEqualTo(address);
    assertThat(words.domain()).isEqualTo(domain);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MAIL FR\\x08OM\\r\\n | 4d41494c2046520 84f4d0d0a",
        "\\0\\t\\\\           | 00095c",
        "\u00fc               | c3bc",
      })
  void rawIsExact(String typed, String hex) {
    byte[] octets = Octets.of(typed).orElseThrow();
    assertThat(java.util.HexFormat.of().formatHex(octets)).isEqualTo(hex.replace(" ", ""));
  }

  @ParameterizedTest
  @CsvSource({"\\q", "\\x8", "\\xzz", "abc\\"})
  void aBackslashWithNothingKnownBehindItIsNotGuessedAt(String typed) {
    assertThat(Octets.of(typed)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mail.example.org      | mail.example.org | 25   | smtp",
        "mail.example.org:2525 | mail.example.org | 2525 | smtp",
        "mail.example.org:465  | mail.example.org | 465  | smtps",
        "587                   | here.example     | 587  | submission",
        "[::1]:2525            | [::1]            | 2525 | smtp",
        "::1                   | ::1              | 25   | smtp",
        "[2001:db8::25]        | [2001:db8::25]   | 25   | smtp",
      })
  void aPlaceIsAHostAPortOrBoth(String typed, String host, int port, String door) {
    Place place = Place.of(typed, new Place("here.example", 25, Door.SMTP)).orElseThrow();
    assertThat(place.host()).isEqualTo(host);
    assertThat(place.port()).isEqualTo(port);
    assertThat(place.door().name()).isEqualTo(door);
  }

  @ParameterizedTest
  @CsvSource({"a:b", "a:", ":25", "mail.example.org:99999", "two words"})
  void whatIsNoPlaceIsNone(String typed) {
    assertThat(Place.of(typed, new Place("here.example", 25, Door.SMTP))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ok: queued as 4XyZ9                                  | 4XyZ9",
        "OK id=1abcde-000001-2B                               | 1abcde-000001-2B",
        "5AJ1x2Ca001234 Message accepted for delivery         | 5AJ1x2Ca001234",
        "1a2b3c4d Message accepted for delivery               | 1a2b3c4d",
        "ok 1700000000 qp 4567                                | 4567",
        "OK  1700000000 x12-20020a05si1234567wrb.1 - gsmtp    | x12-20020a05si1234567wrb.1",
        "Message queued with id 7f.                           | 7f",
        "Ok                                                   | ''",
      })
  void theirReferenceIsFoundInTheirWords(String text, String id) {
    assertThat(Reference.in(text).orElse("")).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({
    "'a\\nb', 'a\\r\\nb\\r\\n'",
    "'a\\r\\nb\\r\\n', 'a\\r\\nb\\r\\n'",
    "'a\\rb', 'a\\r\\nb\\r\\n'",
    "'', ''",
    "'\\n\\n', '\\r\\n\\r\\n'"
  })
  void aFilesLineEndingsBecomeThoseOfAMail(String file, String mail) {
    byte[] octets = Octets.of(file).orElseThrow();
    assertThat(new String(LineEndings.crlf(octets), ISO_8859_1))
        .isEqualTo(new String(Octets.of(mail).orElseThrow(), ISO_8859_1));
  }
}
