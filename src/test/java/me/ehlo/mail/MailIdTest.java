package me.ehlo.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailIdTest {
  private static final long LARGEST = (1L << 60) - 1;

  @Test
  void textAndValueAreOneAndOrderedAlike() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      MailId one = new MailId(random.nextLong() & LARGEST);
      MailId other = new MailId(random.nextLong() & LARGEST);
      assertThat(MailId.parse(one.toString())).isEqualTo(one);
      assertThat(Integer.signum(one.toString().compareTo(other.toString())))
          .isEqualTo(one.compareTo(other));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 000000000000",
    "1, 000000000001",
    "31, 00000000000Z",
    "32, 000000000010",
    "1152921504606846975, ZZZZZZZZZZZZ"
  })
  void isWrittenWithTwelveCharacters(long value, String text) {
    assertThat(new MailId(value)).hasToString(text);
    assertThat(MailId.parse(text)).isEqualTo(new MailId(value));
  }

  @ParameterizedTest
  @CsvSource({
    "ooooiiiillll, 000011111111",
    "OOOOIIIILLLL, 000011111111",
    "d2046cfk2xhn, D2046CFK2XHN"
  })
  void confusableLettersAreTakenForWhatTheyLookLike(String typed, String meant) {
    assertThat(MailId.parse(typed)).hasToString(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "00000000000",
        "0000000000000",
        "00000000000U",
        "00000000000u",
        "00000000000-",
        "00000000000 ",
        "00000000000\0",
        "00000000000é",
        "０００００００００００１",
        "00000000000[",
        "00000000000@"
      })
  void otherTextsAreNone(String text) {
    assertThatThrownBy(() -> MailId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, LARGEST + 1, Long.MAX_VALUE, Long.MIN_VALUE})
  void otherValuesAreNone(long value) {
    assertThatThrownBy(() -> new MailId(value)).isInstanceOf(IllegalArgumentException.class);
  }
}
