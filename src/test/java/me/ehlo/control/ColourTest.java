package me.ehlo.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColourTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                           |                  | true  | true
                           |                  | false | false
          --no-color       |                  | true  | false
          --color=never    | CLICOLOR_FORCE=1 | true  | false
          --color never    | CLICOLOR_FORCE=1 | true  | false
          --color always   | NO_COLOR=1       | false | true
          --color=auto     | NO_COLOR=1       | true  | false
          --color=always   | NO_COLOR=1       | false | true
                           | NO_COLOR=1       | true  | false
                           | NO_COLOR=        | true  | true
                           | CLICOLOR_FORCE=1 | false | true
                           | CLICOLOR_FORCE=0 | false | false
                           | TERM=dumb        | true  | false
          """)
  void followsTheConventions(String flag, String variable, boolean terminal, boolean wanted) {
    List<String> args = flag == null ? List.of() : List.of(flag.split(" "));
    Map<String, String> environment =
        Stream.ofNullable(variable)
            .map(text -> text.split("=", -1))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    assertThat(Colour.wanted(args, environment, terminal)).isEqualTo(wanted);
  }
}
