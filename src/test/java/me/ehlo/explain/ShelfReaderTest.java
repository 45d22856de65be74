package me.ehlo.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShelfReaderTest {

  @Test
  void readsWhatIsThere() {
    String text =
        """
        # a remark

        MAIL: a mail begins
        > MAIL FROM:<address>
        What it means,
        in two lines.
        - you: do this
          and that.
        - the postmaster: do more.
        = RFC 5321 §4.1.1.2
        ~ RCPT, 250

        RCPT: a recipient
        Names one.
        = RFC 5321
        """;

    assertThat(ShelfReader.read(Kind.COMMAND, text).values())
        .containsExactly(
            new Explanation(
                Kind.COMMAND,
                "MAIL",
                "a mail begins",
                "What it means, in two lines.",
                List.of("you: do this and that.", "the postmaster: do more."),
                Lasting.NONE,
                Optional.of("MAIL FROM:<address>"),
                List.of("RCPT", "250"),
                "RFC 5321 §4.1.1.2"),
            new Explanation(
                Kind.COMMAND,
                "RCPT",
                "a recipient",
                "Names one.",
                List.of(),
                Lasting.NONE,
                Optional.empty(),
                List.of(),
                "RFC 5321"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MAIL a mail begins/It does./= RFC 1               | begins with a word, a colon and a title
          MAIL: begins/= RFC 1                              | says what it means
          MAIL: begins/It does.                             | has a source
          MAIL: begins/It does./= RFC 1/= RFC 2             | has one syntax and one source
          MAIL: begins/> A/> B/It does./= RFC 1             | has one syntax and one source
          MAIL: begins/It does./- you: wait./Really./= RFC 1 | says first what it means
          MAIL: begins/It does./'  and more'/= RFC 1        | indents only what continues
          MAIL: begins/It does./= RFC 1//mail: again/It does./= RFC 1 | stands there for the first time
          """)
  void saysWhatIsWrongAndWhere(String text, String rule) {
    String file = text.replace("'", "").replace('/', '\n');

    assertThatThrownBy(() -> ShelfReader.read(Kind.COMMAND, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("commands.txt", rule, "line");
  }
}
