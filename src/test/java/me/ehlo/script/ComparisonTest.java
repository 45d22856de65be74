package me.ehlo.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import me.ehlo.script.Script.Expected;
import me.ehlo.script.Script.Place;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "250 *              | 250 ok              | -1",
        "250 *              | 550 no              | 0",
        "250 *              | ''                  | 0",
        "''                 | 250 ok              | 0",
        "250 *              | 250 a;250 b         | 1",
        "250-*;...;250 END  | 250-a;250-b;250 END | -1",
        "250-*;...;250 END  | 250-a;250 END       | -1",
        "250-*;...;250 END  | 250-a;250-b;250 X   | 2",
        "...                | ''                  | -1",
        "...                | a;b;c               | -1",
        "...;x;...;y        | a;x;b;x;y           | -1",
        "...;x;...;y        | a;x;b;x             | 3",
        "5xx                | 550 no              | -1",
        "5xx                | 5a0 no              | 0",
        "5xx 5.7.1 *        | 554 5.7.1 no        | -1",
        "5xx-*              | 554 5.7.1 no        | 0",
        "a*b*c              | abc                 | -1",
        "a*b*c              | a1b2c               | -1",
        "a*bc               | abc                 | -1",
        "a*bc*c             | abc                 | 0",
        "ab*ba              | aba                 | 0",
      })
  void theFirstLineThatIsNotSo(String expected, String said, int difference) {
    List<Expected> patterns =
        lines(expected).stream()
            .map(line -> new Expected(new Place("x", 1), "S: " + line, LinePattern.parse(line)))
            .toList();
    assertThat(Comparison.firstDifference(patterns, lines(said))).isEqualTo(difference);
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(";"));
  }
}
