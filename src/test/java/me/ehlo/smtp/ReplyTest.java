package me.ehlo.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import me.ehlo.mail.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {

  /** Every reason there is. */
  static List<Reason> reasons() throws IllegalAccessException {
    List<Reason> reasons = new ArrayList<>();
    for (Field field : Replies.class.getFields()) {
      if (field.get(null) instanceof Reason reason) {
        reasons.add(reason);
      }
    }
    return reasons;
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void everyReasonFitsOnALineWhateverIsFilledIn(Reason reason) {
    int holes = reason.sentence().split("\\{}", -1).length - 1;
    for (String value :
        List.of(
            "",
            "x".repeat(3000),
            "ü".repeat(3000),
            "\r\n250 2.0.0 Ok",
            "\0\u001B[2J\u007F",
            "{}",
            "\u202E")) {
      Object[] values = Collections.nCopies(holes, value).toArray();
      String line = new String(Reply.of(reason, values).octets(), ISO_8859_1);
      assertThat(line)
          .matches("[2-5][0-9][0-9] [ -~]*\r\n")
          .hasSizeLessThanOrEqualTo(SmtpLimits.REPLY_LINE_OCTETS);
    }
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void theCodesAgree(Reason reason) {
    int kind = reason.status().kind();
    assertThat(kind == 0 ? reason.code() / 100 : kind)
        .as(reason.id())
        .isEqualTo(reason.code() / 100);
    assertThat(reason.refuses()).isEqualTo(reason.code() >= 400);
    assertThat(reason.id()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    boolean bare = Set.of("greeting", "ehlo", "helo", "go-ahead").contains(reason.id());
    assertThat(kind == 0)
        .as("without enhanced status: " + reason.id())
        .isEqualTo(bare); // RFC 2034 §4
  }

  @Test
  void noTwoReasonsShareAName() throws IllegalAccessException {
    Set<String> ids = new HashSet<>();
    assertThat(reasons()).hasSizeGreaterThan(40).allMatch(reason -> ids.add(reason.id()));
  }

  @Test
  void severalLinesAreOneReply() {
    Reply reply = new Reply(Replies.HELP, List.of("a", "b", "c"));
    assertThat(new String(reply.octets(), ISO_8859_1))
        .isEqualTo("214-2.0.0 a\r\n214-2.0.0 b\r\n214 2.0.0 c\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {199, 200, 201, 5000})
  void foreignTextsAreCutVisibly(int length) {
    String shown = Reply.shown("x".repeat(length));
    assertThat(shown).isEqualTo("x".repeat(Math.min(length, 200)) + (length > 200 ? "..." : ""));
  }
}
