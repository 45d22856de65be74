package me.ehlo.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrcptParserTest {

  /** The value, as it stands in a report, and as it is passed on. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rfc822;bob@ehlo.test | rfc822;bob@ehlo.test | rfc822;bob@ehlo.test",
        "RFC822;Bob+2Bx@ehlo.test | rfc822;Bob+x@ehlo.test | rfc822;Bob+2Bx@ehlo.test",
        "rfc822;+22a+20b+22@c | rfc822;\"a b\"@c | rfc822;\"a+20b\"@c",
        "rfc822;a;b | rfc822;a;b | rfc822;a;b",
        "rfc822;gr+C3+BC+2B+20+5C@x | utf-8;gr\\x{FC}\\x{2B}\\x{20}\\x{5C}@x | utf-8;gr\\x{FC}\\x{2B}\\x{20}\\x{5C}@x",
        "x-local;bob | x-local;bob | x-local;bob",
        "utf-8;bob@ehlo.test | utf-8;bob@ehlo.test | utf-8;bob@ehlo.test",
        "UTF-8;b\u00fccher@ehlo.test | utf-8;b\\x{FC}cher@ehlo.test | utf-8;b\\x{FC}cher@ehlo.test",
        "utf-8;b\\x{fc}cher@x | utf-8;b\\x{FC}cher@x | utf-8;b\\x{FC}cher@x",
        "utf-8;\\x{2B}\\x{3D}\\x{20}\\x{5C} | utf-8;\\x{2B}\\x{3D}\\x{20}\\x{5C} | utf-8;\\x{2B}\\x{3D}\\x{20}\\x{5C}",
        "utf-8;\uD83D\uDE00@x | utf-8;\\x{1F600}@x | utf-8;\\x{1F600}@x",
        "utf-8;\\x{10FFFF} | utf-8;\\x{10FFFF} | utf-8;\\x{10FFFF}",
      })
  void isRead(String value, String shown, String parameter) {
    assertThat(OrcptParser.parse(value))
        .isInstanceOfSatisfying(
            Parsed.Right.class,
            right -> {
              assertThat(right.value()).hasToString(shown);
              assertThat(((Orcpt) right.value()).parameter()).isEqualTo(parameter);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "rfc822",
        "rfc822;",
        ";bob@ehlo.test",
        "rfc 822;bob",
        "rfc822\r\n;bob",
        "rfc:822;bob",
        "\u00fctf;bob",
        "rfc822;bob+0D+0ARCPT TO:<x>",
        "rfc822;bob+0D+0A",
        "rfc822;bob+00",
        "rfc822;b+C3",
        "rfc822;b+C3+28",
        "rfc822;b+C2+85",
        "rfc822;b+C3+BC+0A",
        "rfc822;b+C3+BC+7F",
        "x-local;b+C3+BC",
        "rfc822;bob+2",
        "rfc822;bob+2b",
        "rfc822;bob=x",
        "rfc822;b\u00fccher",
        "utf-8;a+b",
        "utf-8;a=b",
        "utf-8;\\",
        "utf-8;\\x",
        "utf-8;\\x{",
        "utf-8;\\x{}",
        "utf-8;\\x{FC",
        "utf-8;\\x{0A}",
        "utf-8;\\x{A}",
        "utf-8;\\x{0D}",
        "utf-8;\\x{1F}",
        "utf-8;\\x{7F}",
        "utf-8;\\x{85}",
        "utf-8;\\x{41}",
        "utf-8;\\x{00FC}",
        "utf-8;\\x{D800}",
        "utf-8;\\x{110000}",
        "utf-8;\\x{1000000000000000FC}",
        "utf-8;\\x{-C}",
        "utf-8;\\X{FC}",
        "utf-8;\\\\x{FC}",
        "utf-8;a\u0085b",
        "utf-8;a\u0000b",
        "utf-8;a\tb",
        "utf-8;\uD800"
      })
  void whatIsNoneIsWrong(String value) {
    assertThat(OrcptParser.parse(value)).isInstanceOf(Parsed.Wrong.class);
  }

  @ParameterizedTest
  @CsvSource({"500, true", "501, false"})
  void hasFiveHundredOctetsAtMost(int octets, boolean right) {
    String ascii = "rfc822;" + "a".repeat(octets - 7);
    assertThat(OrcptParser.parse(ascii) instanceof Parsed.Right).isEqualTo(right);
    String utf8 = "utf-8;" + "\u00fc".repeat((octets - 6) / 2) + "a".repeat((octets - 6) % 2);
    assertThat(OrcptParser.parse(utf8) instanceof Parsed.Right).isEqualTo(right);
  }
}
