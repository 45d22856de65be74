package me.ehlo.lines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a header ends and what stands in it, cut in two at every place. */
class HeaderScanTest {

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource({
    "no header at all, '', 0",
    "one, Received: x|||, 1",
    "any case, rEcEiVeD: x|RECEIVED: y||, 2",
    "a blank in front of the colon, Received : x||, 1",
    "not a longer name, Received-SPF: x||, 0",
    "not a shorter one, Receive: x||, 0",
    "not a longer one that ends so, X-Received: x||, 0",
    "not a folded line, Subject: a| Received: x||, 0",
    "not twice in a line, Received: Received: x||, 1",
    "not in the body, Subject: x||Received: x|, 0",
    "not in a body without a header, |Received: x|, 0",
    "behind a line that is no field, A: x|and now|Received: x||, 1",
    "behind a line as in an mbox file, From ann Sat|Received: x||, 1",
    "not behind a first line that is text, Dear all|Received: x||, 0",
    "an empty field, Received:||, 1",
    "a line without an end, Received: x, 1",
    "only the name and the colon, Received:, 1",
    "only the name, Received, 0",
  })
  void countsHopsInTheHeaderOnly(String what, String header, int count) {
    byte[] octets = header.replace("|", "\r\n").getBytes(ISO_8859_1);
    for (int cut = 0; cut <= octets.length; cut++) {
      HeaderScan scan = new HeaderScan();
      scan.see(octets, scan.see(octets, 0, cut), octets.length);
      assertThat(scan.hops()).as(what + ", cut at " + cut).isEqualTo(count);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'', 0, false, true, 0",
    "A: b|, 6, false, false, 1",
    "A: b||text|, 8, true, false, 1",
    "||text|, 2, true, false, 0",
    "A: b| c|B:d||, 17, true, false, 2",
    "A: b| |c||, 14, true, false, 2",
    "text: | goes on|, 18, false, false, 1",
    "Some words|A: b||, -1, true, true, 1",
    "' folded|A: b||', 0, true, true, 1",
    ": nothing|, 0, true, true, 1",
    "\u00E9: x|, 0, true, true, 1",
    "From here|A: b||, 19, true, false, 2",
    ">From here|A: b||, 20, true, false, 2",
    "Fromage|A: b||, -1, true, true, 1",
  })
  void endsWhereTheEmptyLineDoes(
      String header, int behind, boolean ended, boolean absent, int fields) {
    byte[] octets = header.replace("|", "\r\n").getBytes(ISO_8859_1);
    for (int cut = 0; cut <= octets.length; cut++) {
      HeaderScan scan = new HeaderScan();
      int half = scan.see(octets, 0, cut);
      int whole = scan.ended() ? half : scan.see(octets, half, octets.length);
      if (behind >= 0) {
        assertThat(whole).as("cut at " + cut).isEqualTo(behind);
      }
      assertThat(scan.ended()).isEqualTo(ended);
      assertThat(scan.absent()).isEqualTo(absent);
      assertThat(scan.fields()).isEqualTo(fields);
    }
  }

  @Test
  void addressesOfDeliveredTo() {
    String header =
        """
        Delivered-To: A@x
        DELIVERED-TO:b@x
        X-Delivered-To: c@x
        Delivered-To : d@x
        Subject: Delivered-To: e@x
         Delivered-To: f@x

        Delivered-To: g@x
        """;
    assertThat(deliveredTo(header.replace("\n", "\r\n")))
        .containsExactlyInAnyOrder("a@x", "b@x", "d@x");
    assertThat(deliveredTo("Delivered-To: a@x")).isEmpty();
    assertThat(deliveredTo("Delivered-To\r\n\r\n")).isEmpty();
    assertThat(deliveredTo("\r\nDelivered-To: a@x\r\n")).isEmpty();
  }

  @Test
  void valuesAreBoundedInLengthAndNumber() {
    String tooLong = "Delivered-To: " + "a".repeat(100_000) + "\r\nDelivered-To: b@x\r\n\r\n";
    assertThat(deliveredTo(tooLong)).containsExactly("b@x");
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      many.append("Delivered-To: ").append(i).append("\r\n");
    }
    assertThat(deliveredTo(many + "\r\n")).hasSize(100);
  }

  /** Whatever the pieces in which it comes. */
  private static Set<String> deliveredTo(String header) {
    byte[] octets = header.getBytes(UTF_8);
    HeaderScan whole = new HeaderScan();
    whole.see(octets, 0, octets.length);
    HeaderScan single = new HeaderScan();
    for (int i = 0; i < octets.length; i++) {
      single.see(octets, i, i + 1);
    }
    assertThat(single.deliveredTo()).isEqualTo(whole.deliveredTo());
    return whole.deliveredTo();
  }
}
