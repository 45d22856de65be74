package me.ehlo.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import me.ehlo.lines.LineDecoder;

/** Whatever octets come, every line of them is a command, and every refusal is one short line of ASCII. */
class CommandParserFuzz {

  @FuzzTest
  void parse(byte[] octets) {
    LineDecoder lines = new LineDecoder(Pop3Limits.ANSWER_OCTETS_MAX, false);
    Pop3Session session = new Pop3Session(new RamSite(new RamDrop("x")), Pop3Limits.DEFAULT, "C");
    int at = 0;
    while (at < octets.length) {
      at = lines.decode(octets, at, octets.length);
      if (lines.ended()) {
        Turn turn = session.on(session.read(lines.take()));
        assertThat(turn.response().toString())
            .matches("(\\+OK|-ERR|\\+) [ -~]*")
            .hasSizeLessThanOrEqualTo(510); // RFC 1939 §3
      }
    }
  }
}
