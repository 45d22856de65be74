package me.ehlo.lines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderCountTest {

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource({
    "no header at all, '', 0",
    "one, Received: x|||, 1",
    "any case, rEcEiVeD: x|RECEIVED: y||, 2",
    "not a longer name, Received-SPF: x||, 0",
    "not a shorter one, Receive: x||, 0",
    "not a longer one that ends so, X-Received: x||, 0",
    "not a folded line, Subject: a| Received: x||, 0",
    "not twice in a line, Received: Received: x||, 1",
    "not in the body, Subject: x||Received: x|, 0",
    "not in a body without a header, |Received: x|, 0",
    "an empty field, Received:||, 1",
    "a line without an end, Received: x, 1",
    "only the name and the colon, Received:, 1",
    "only the name, Received, 0",
  })
  void countsTheFieldInTheHeaderOnly(String what, String header, int count) {
    byte[] octets = header.replace("|", "\r\n").getBytes(ISO_8859_1);
    for (int cut = 0; cut <= octets.length; cut++) {
      HeaderCount counted = new HeaderCount("Received");
      counted.see(octets, 0, cut);
      counted.see(octets, cut, octets.length - cut);
      assertThat(counted.count()).as(what + ", cut at " + cut).isEqualTo(count);
    }
  }
}
