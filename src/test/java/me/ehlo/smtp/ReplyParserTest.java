package me.ehlo.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import me.ehlo.mail.RemoteReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other servers say, and what is made of it. */
class ReplyParserTest {

  /** {@code ~} stands for CRLF. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "250 Ok~|250 Ok",
        "250~|250",
        "250 ~|250",
        "550 5.1.1 No such user~|550 5.1.1 No such user",
        "550-5.1.1 No~550-5.1.1 such~550 5.1.1 user~|550 5.1.1 No such user",
        "550-5.1.1 No~550 user~|550 5.1.1 No user",
        "250-a~250-b~250 c~|250 a b c",
        "250-a~250~|250 a",
        "450 5.1.1 Class of another code~|450 5.1.1 Class of another code",
        "550 5.1 No status~|550 5.1 No status",
        "550 5.1.1000 No status~|550 5.1.1000 No status",
        "550 5..1 No status~|550 5..1 No status",
        "550 5.7.1~|550 5.7.1",
        "421 4.3.2\tTab~|421 4.3.2 Tab"
      })
  void aReplyIsReadAndQuoted(String said, String quoted) {
    assertThat(remote(said.replace("~", "\r\n")).toString()).isEqualTo(quoted);
    assertThat(remote(said.replace("~", "\n")).toString()).isEqualTo(quoted);
  }

  @Test
  void theStatusIsThatOfTheCodesClass() {
    assertThat(remote("550 5.1.1 No\r\n").status()).hasToString("Optional[5.1.1]");
    assertThat(remote("450 5.1.1 No\r\n").status()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2",
        "25",
        "25 ok",
        "2500 ok",
        "250ok",
        "abc",
        "150 wait",
        "650 what",
        "999",
        " 250 ok",
        "HTTP/1.1 400 Bad",
        "\0\0\0",
        "250\tok",
        "-250 ok",
        "+OK"
      })
  void whatHasNoCodeIsNonsense(String line) {
    assertThat(answers(line + "\r\n")).singleElement().isInstanceOf(Answer.Nonsense.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"250-a\r\n550 b\r\n", "550-a\r\n250 b\r\n", "250-a\r\nb\r\n"})
  void linesWithDifferentCodesAreNonsense(String said) {
    assertThat(answers(said)).singleElement().isInstanceOf(Answer.Nonsense.class);
  }

  @Test
  void whatCannotBeShownBecomesQuestionMarks() {
    assertThat(remote("250 a\0b\33[2Jc\rd\u00e4\r\n").text()).isEqualTo("a?b?[2Jc?d?");
  }

  @Test
  void aLongLineIsCut() {
    assertThat(remote("250 " + "x".repeat(5000) + "\r\n").text()).hasSize(508);
  }

  @Test
  void manyLinesAreKeptInPart() {
    Answer answer = answers("250-x\r\n".repeat(500) + "250 y\r\n").getFirst();

    assertThat(answer)
        .isInstanceOfSatisfying(Answer.Said.class, said -> assertThat(said.lines()).hasSize(100));
    assertThat(remote("250-word\r\n".repeat(500) + "250 y\r\n").text().length()).isLessThan(1001);
  }

  @Test
  void whatHasNoEndIsEndedHere() {
    assertThat(answers("250-x\r\n".repeat(1000))).first().isInstanceOf(Answer.Endless.class);
    assertThat(answers("250 " + "x".repeat(70_000)))
        .singleElement()
        .isInstanceOf(Answer.Endless.class);
  }

  @Test
  void oneReplyAfterAnother() {
    assertThat(answers("250 a\r\n354\r\n550-b\r\n550 c\r\n"))
        .extracting(answer -> ((Answer.Said) answer).code())
        .containsExactly(250, 354, 550);
  }

  @Test
  void halfAReplyIsNone() {
    assertThat(answers("250-a\r\n250 b\r")).isEmpty();
  }

  private static RemoteReply remote(String said) {
    return ((Answer.Said) answers(said).getFirst()).remote();
  }

  /** All at once, and octet by octet: the same. */
  private static List<Answer> answers(String said) {
    byte[] octets = said.getBytes(ISO_8859_1);
    List<Answer> atOnce = answers(octets, octets.length);
    assertThat(answers(octets, 1)).isEqualTo(atOnce);
    return atOnce;
  }

  private static List<Answer> answers(byte[] octets, int piece) {
    ReplyParser parser = new ReplyParser();
    List<Answer> answers = new ArrayList<>();
    for (int start = 0; start < octets.length; start += piece) {
      int end = Math.min(start + piece, octets.length);
      int at = start;
      while (at < end) {
        at = parser.decode(octets, at, end);
        if (parser.ended()) {
          answers.add(parser.take());
          if (answers.getLast() instanceof Answer.Endless) {
            return answers;
          }
        }
      }
    }
    return answers;
  }
}
