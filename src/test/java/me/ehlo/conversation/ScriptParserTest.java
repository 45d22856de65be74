package me.ehlo.conversation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import me.ehlo.mail.StorageFailure;
import me.ehlo.script.Script;
import me.ehlo.script.ScriptParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptParserTest {
  private static final String TITLE = "# RFC 5321 §4.1.4: a rule\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          TX: 220 *                   | x.smtp:2: a line begins with #, given, C:
          TS: 220 *;repeat 3;C: NOOP  | x.smtp:3: 'end' is missing behind 'repeat'
          TS: 220 *;! dance           | x.smtp:3: what happens is one of
          TC& \\q                     | x.smtp:2: behind a backslash stands
          TC& \\xg1                   | x.smtp:2: behind \\x stand two hexadecimal digits
          T                           | x.smtp:1: nobody says anything
          Tgiven size-max many;S: 2   | x.smtp:2: 'given size-max' wants a number, not many
          Tgiven quota;S: 220 *       | x.smtp:2: 'given quota' wants one word more
          Tgiven beer bob;S: 220 *    | x.smtp:2: nothing is known of 'given beer'
          TS: 220 *;then it rains     | x.smtp:3: 'then' speaks of the connection, a maildrop or the queue
          TS: 220 *;then maildrop bob | x.smtp:3: then maildrop NAME is empty
          """)
  void mistakesAreNamedWithTheirPlace(String text, String message) {
    String script = text.strip().replaceFirst("^T", TITLE).replace(';', '\n').replace("C&", "C|");
    assertThatThrownBy(() -> judge(ScriptParser.parse("x.smtp", script)))
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      textBlock =
          """
          S: 220 *                ; true
          S: 220 ehlo.test*+0000  ; true
          S: 2xx                  ; true
          S: ...                  ; true
          S: 220                  ; false
          S: 5xx                  ; false
          S: 220 * POP3 *         ; false
          S| 220 *                ; false
          """)
  void patterns(String pattern, boolean matches) {
    Script script = ScriptParser.parse("x.smtp", TITLE + pattern.strip());
    if (matches) {
      judge(script);
    } else {
      assertThatThrownBy(() -> judge(script))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("x.smtp:2")
          .hasMessageContaining("The conversation:");
    }
  }

  @Test
  void octetsAndRepetitions() {
    Script script =
        ScriptParser.parse(
            "x.smtp",
            TITLE + "S: 220 *\nC| a\\r\\n\\x00\\xff\\\\\\t\nrepeat 2\nC: {n}{xy*3}\nend\n");

    assertThat(new String(script.exchanges().get(1).octets(), ISO_8859_1))
        .isEqualTo("a\r\n\0\u00ff\\\t1xyxyxy\r\n2xyxyxy\r\n");
  }

  /** A script that is wrong fails, and shows where. */
  @Test
  void whatIsNotSoIsSaid() {
    Script script =
        ScriptParser.parse(
            "x.smtp", TITLE + "given users bob\nS: 220 *\nthen maildrop bob holds 1\n");

    assertThatThrownBy(() -> judge(script))
        .hasMessageStartingWith("x.smtp:4: not so: maildrop bob holds 1");
  }

  private static void judge(Script script) {
    try {
      Scene scene = new Scene(script);
      Judge judge = new Judge(scene, Talk.play(scene));
      judge.judgeAnswers();
      judge.judgeEnd();
    } catch (StorageFailure e) {
      throw new AssertionError(e);
    }
  }
}
