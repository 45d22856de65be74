package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F3: what only looks like smuggling: CRLF.CRCRLF is no end and loses no octet, and dots are just dots. */
class F3FalseAlarmTest {

  @Test
  void dotAndTwoReturnsAreNoEnd() {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      peer.asks("DATA", "354");
      peer.sends("a\r\n.\r\r\nb\r\n.\r\n");
      peer.hears("550 5.5.2"); // a stray CR all the same, and refused as one
      peer.asks("NOOP", "250");
      assertThat(site.kept).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..\r\n",
        "...\r\n",
        "..x\r\n",
        "x.\r\n",
        "x\r\n..\r\n",
        "..\r\n..\r\n",
        "\r\n",
        "",
        " .\r\n",
        ".. \r\n"
      })
  void innocentDotsArriveAsTheyWereMeant(String stuffed) {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      peer.asks("DATA", "354");
      peer.sends(stuffed + ".\r\n");
      peer.hears("250 2.0.0");
      String meant = ("\r\n" + stuffed).replace("\r\n.", "\r\n").substring(2);
      assertThat(site.onlyMail().content()).isEqualTo(meant);
    }
  }
}
