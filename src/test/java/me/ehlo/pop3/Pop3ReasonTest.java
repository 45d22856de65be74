package me.ehlo.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every reason must be. */
class Pop3ReasonTest {

  @Test
  void idsAreStableAndTheirOwn() {
    Set<String> ids = new HashSet<>();
    for (Pop3Reason reason : Pop3Reason.values()) {
      assertThat(reason.reason().id()).matches("pop3-[a-z0-9-]+");
      assertThat(ids.add(reason.reason().id())).as(reason.reason().id()).isTrue();
    }
  }

  @Test
  void sentencesFitTheProtocol() {
    for (Pop3Reason reason : Pop3Reason.values()) {
      String sentence = reason.reason().sentence();
      assertThat(sentence).hasSizeLessThan(200).matches("[ -Z^-~][ -~]*"); // no [: RFC 2449 §8
    }
  }

  @Test
  void onlyRefusalsCarryACode() {
    for (Pop3Reason reason : Pop3Reason.values()) {
      if (reason.code() != ResponseCode.NONE) {
        assertThat(reason.reason().refuses()).as(reason.reason().id()).isTrue();
      }
    }
  }
}
