package me.ehlo.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Octets that become a text and octets again. */
class LosslessTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4afc72     | J\\xfcr", // ISO-8859-1
        "4ac3bc72   | J\u00fcr",
        "c3         | \\xc3", // broken off
        "c3bcfc     | \u00fc\\xfc",
        "eda080     | \\xed\\xa0\\x80", // a surrogate in UTF-8, which there is not
        "edb3bc     | \\xed\\xb3\\xbc", // the very one that stands for FC
        "c080       | \\xc0\\x80",
        "f09f9880   | \ud83d\ude00",
        "f09f98     | \\xf0\\x9f\\x98",
        "611b5b4109 | a\\x1b[A\t",
        "c285       | \\u0085", // obeyed too, and two octets
        "efbfbd     | \ufffd",
        "''         | ''",
      })
  void whatIsNoUtf8IsKeptAndShownAsWhatItIs(String hex, String shown) {
    byte[] octets = HexFormat.of().parseHex(hex);
    assertThat(Lossless.octets(Lossless.text(octets))).isEqualTo(octets);
    assertThat(Plain.typed(Lossless.text(octets)).strip()).isEqualTo(shown.strip());
  }

  @Test
  void whateverItIs() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      byte[] octets = new byte[random.nextInt(12)];
      random.nextBytes(octets);
      assertThat(Lossless.octets(Lossless.text(octets))).isEqualTo(octets);
    }
  }

  @Test
  void aTextIsItsUtf8() {
    String text = "M\u00fcller \ud83d\ude00 \u7528";
    assertThat(Lossless.octets(text)).isEqualTo(text.getBytes(UTF_8));
    assertThat(Lossless.text(text.getBytes(UTF_8))).isEqualTo(text);
  }
}
