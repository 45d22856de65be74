package me.ehlo.call;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeardLinesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "250 2.1.0 Ok\\r\\n                  | DONE     | 250 | 2.1.0 | Ok            | ''",
        "220\\r\\n                           | DONE     | 220 | ''    | ''            | ''",
        "354 go on\\r\\n                     | GO_ON    | 354 | ''    | go on         | ''",
        "451 4.7.1 Greylisted\\r\\n          | NOT_NOW  | 451 | 4.7.1 | Greylisted    | ''",
        "550-5.1.1 No\\r\\n550 5.1.1 such\\r\\n | NEVER | 550 | 5.1.1 | No such       | ''",
        "250-a\\n250 b\\n                    | DONE     | 250 | ''    | a b           | its lines end in LF alone, not in CRLF",
        "250-a\\r\\n251 b\\r\\n              | NONSENSE | 0   | ''    | 250-a 251 b   | its lines have different codes",
        "SSH-2.0-OpenSSH\\r\\n               | NONSENSE | 0   | ''    | SSH-2.0-OpenSSH | a line has no code of three digits in front",
        "+OK ready\\r\\n                     | NONSENSE | 0   | ''    | +OK ready     | a line has no code of three digits in front",
        "250 \\x1b[31mred\\r\\n              | DONE     | 250 | ''    | \\x1b[31mred  | ''",
      })
  void repliesAreUnderstoodAndShownAsTheyCame(
      String octets, Heard.Kind kind, int code, String status, String text, String flaw) {
    Heard heard = said(octets, true).getFirst();
    assertThat(heard.kind()).isEqualTo(kind);
    assertThat(heard.code()).isEqualTo(code);
    assertThat(heard.status().map(Object::toString).orElse("")).isEqualTo(status);
    assertThat(heard.text()).isEqualTo(text);
    assertThat(heard.flaw()).isEqualTo(flaw);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "+OK\\r\\n                       | DONE     | ''",
        "+OK 2 messages\\r\\n            | DONE     | 2 messages",
        "-ERR [AUTH] wrong\\r\\n         | NEVER    | [AUTH] wrong",
        "-ERR [IN-USE] somebody\\r\\n    | NOT_NOW  | [IN-USE] somebody",
        "+ \\r\\n                        | GO_ON    | ''",
        "+ abc\\r\\n                     | GO_ON    | abc",
        "220 hello\\r\\n                 | NONSENSE | 220 hello",
      })
  void responsesOfPop3TooAreUnderstood(String octets, Heard.Kind kind, String text) {
    Heard heard = said(octets, false).getFirst();
    assertThat(heard.kind()).isEqualTo(kind);
    assertThat(heard.text()).isEqualTo(text);
  }

  @Test
  void severalComeOneByOneHoweverTheyAreCut() {
    List<Heard> heard = said("250-a\\r\\n250 b\\r\\n550 c\\r\\n", true);
    assertThat(heard)
        .extracting(Heard::lines)
        .containsExactly(List.of("250-a", "250 b"), List.of("550 c"));
  }

  @Test
  void aLineWithoutEndAndAReplyWithoutEndAreBounded() {
    Heard longLine = said("250 " + "x".repeat(10_000) + "\\r\\n", true).getFirst();
    assertThat(longLine.flaw()).isEqualTo("a line is longer than 4096 octets");
    Heard manyLines = said("250-x\\r\\n".repeat(3000), true).getFirst();
    assertThat(manyLines.lines()).hasSize(1000);
    assertThat(manyLines.kind()).isEqualTo(Heard.Kind.NONSENSE);
  }

  /** Octet by octet, so that no cut is special. */
  private static List<Heard> said(String escaped, boolean codes) {
    byte[] octets =
        escaped
            .replace("\\r", "\r")
            .replace("\\n", "\n")
            .replace("\\x1b", "\u001b")
            .getBytes(ISO_8859_1);
    HeardLines lines = new HeardLines(codes);
    List<Heard> all = new ArrayList<>();
    for (int i = 0; i < octets.length; i++) {
      lines.decode(octets, i, i + 1);
      if (lines.ended()) {
        all.add(lines.take(Duration.ZERO));
      }
    }
    return all;
  }
}
