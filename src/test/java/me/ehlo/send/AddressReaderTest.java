package me.ehlo.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import me.ehlo.mail.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ann                                        | [ann]
          ann@x.test                                 | [ann@x.test]
          <ann@x.test>                               | [ann@x.test]
          Ann Example <ann@x.test>                   | [ann@x.test]
          "Ex, Ann; <odd@x>" <ann@x.test>            | [ann@x.test]
          =?utf-8?Q?J=C3=BCrgen?= <j@x.test>         | [j@x.test]
          ann@x.test (Ann, (nested) of Ex), bob      | [ann@x.test, bob]
          (comment) ann (comment) @ x . test         | [ann@x.test]
          ann@x.test,,  , bob@x.test,                | [ann@x.test, bob@x.test]
          ann@x.test; bob@x.test                     | [ann@x.test, bob@x.test]
          Friends: ann@x.test, Bob <bob@x.test>; , c | [ann@x.test, bob@x.test, c]
          undisclosed-recipients:;                   | []
          <@a.test,@b.test:ann@x.test>               | [@a.test,@b.test:ann@x.test]
          "a\\"b"@x.test                             | ["a\\"b"@x.test]
          ann@[192.0.2.1], bob@[IPv6:2001:db8::1]    | [ann@[192.0.2.1], bob@[IPv6:2001:db8::1]]
          <ann@x.test> <bob@x.test>                  | [ann@x.test, bob@x.test]
          Jürgen <jürgen@müller.test>                | [jürgen@müller.test]
          ann+detail@x.test                          | [ann+detail@x.test]
          """)
  void addressesAreFoundHoweverTheyAreWritten(String text, String paths) {
    assertThat(AddressReader.read(text)).hasToString("Right[value=" + paths + "]");
    assertThat(AddressReader.read(text.replace(" ", "\r\n\t")).toString().replaceAll("\\s", ""))
        .as("folded")
        .isEqualTo(("Right[value=" + paths + "]").replaceAll("\\s", ""));
  }

  @Test
  void anAddressInQuotesIsTakenWholeAndNeverOverTwoLines() {
    assertThat(AddressReader.read("\"a b\"@x.test"))
        .isEqualTo(new Parsed.Right<>(List.of("\"a b\"@x.test")));
    assertThat(AddressReader.read("\"a\r\n b\"@x.test")).isInstanceOf(Parsed.Wrong.class);
  }

  @Test
  void nothingAtAllIsNobody() {
    assertThat(AddressReader.read(" \r\n\t")).isEqualTo(new Parsed.Right<>(List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ann bob              | "ann bob" is no address
          Ann Example ann@x    | "Ann Example ann@x" is no address
          ann@x.test, @x.test  | "@x.test" is no address
          bob, <>              | "" is no address
          a@b@c                | "a@b@c" is no address
          <ann@x..test>        | "ann@x..test" is no address
          """)
  void whatIsNoAddressIsSaid(String text, String why) {
    assertThat(AddressReader.read(text))
        .isInstanceOfSatisfying(
            Parsed.Wrong.class, wrong -> assertThat(wrong.why().toString()).startsWith(why));
  }

  @Test
  @Timeout(20)
  void aMegabyteOfAnythingTakesNoTime() {
    for (String evil : List.of("(", "\"", "<", "a,", "a:", "\\", "[", "<a>", "((a)", " a", ";")) {
      long begin = System.nanoTime();
      assertThat(AddressReader.read(evil.repeat(1_000_000 / evil.length()))).isNotNull();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }
  }
}
