package me.ehlo.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XtextTest {

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "QQ314159, QQ314159",
    "a+20b, 'a b'",
    "a+2Bb, a+b",
    "a+3Db, a=b",
    "+41, A",
    "+7E~!, ~~!",
    "+2B+2B, ++",
    "+2B41, +41",
  })
  void decodes(String text, String decoded) {
    assertThat(Xtext.decode(text)).isEqualTo(new Parsed.Right<>(decoded));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+",
        "a+",
        "a+4",
        "+4",
        "+4+41",
        "+4G",
        "+G4",
        "+2b",
        "+3d",
        "++",
        "+ 4",
        "+-1",
        "+0x41",
        "a b",
        "a=b",
        "=",
        "a\tb",
        "\r\nx",
        "\u0000",
        "\u007f",
        "ü",
        "a\u0661",
        "+\u0664\u0661",
        "+00",
        "+0D+0A",
        "+0A",
        "+09",
        "+1F",
        "+7F",
        "+80",
        "+FF",
        "\u0141",
        "+\uff14\uff11"
      })
  void whatIsNoXtextIsWrong(String text) {
    assertThat(Xtext.decode(text)).isInstanceOf(Parsed.Wrong.class);
  }

  /** Of the 256 octets, those that may stand encoded are the printable ones, and nothing else. */
  @Test
  void everyHexadecimalPair() {
    for (int octet = 0; octet < 256; octet++) {
      String text = "+" + HexFormat.of().withUpperCase().toHexDigits((byte) octet);
      boolean printable = octet >= ' ' && octet <= '~';
      assertThat(Xtext.decode(text) instanceof Parsed.Right).as(text).isEqualTo(printable);
    }
  }

  /** Everything printable comes back, and in between stands nothing that a command line or its parser could trip over. */
  @Test
  void everyPairOfPrintableCharactersComesBack() {
    for (char a = ' '; a <= '~'; a++) {
      for (char b = ' '; b <= '~'; b++) {
        String text = "" + a + b;
        String encoded = Xtext.encode(text);
        assertThat(encoded).doesNotContain(" ", "=");
        assertThat(Xtext.decode(encoded)).isEqualTo(new Parsed.Right<>(text));
      }
    }
  }
}
