package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** C8: a mail that has come through a hundred servers goes in circles (RFC 5321 §6.3). */
class C8MailLoopTest {
  private static final String HOP =
      "Received: from a by b;\r\n\tSat, 1 Jan 2000 00:00:00 +0000\r\n";

  @ParameterizedTest(name = "{0} Received fields: {1}")
  @CsvSource({
    "0, 250 2.0.0",
    "50, 250 2.0.0",
    "99, 250 2.0.0",
    "100, 554 5.4.6",
    "101, 554 5.4.6",
    "4000, 554 5.4.6"
  })
  void hopsAreCounted(int hops, String reply) {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      peer.asks("DATA", "354");
      peer.asks("Subject: round\r\n" + HOP.repeat(hops) + "\r\nbody\r\n.", reply);
      assertThat(site.kept).hasSize(reply.startsWith("250") ? 1 : 0);
      peer.asks("MAIL FROM:<ann@client.example>", "250");
      peer.asks("RCPT TO:<bob@ehlo.test>", "250");
      String content = HOP.repeat(hops) + "\r\nbody\r\n";
      int half = content.length() / 2;
      peer.sends("BDAT " + half + "\r\n" + content.substring(0, half));
      peer.hears("250");
      peer.sends("BDAT " + (content.length() - half) + " LAST\r\n" + content.substring(half));
      peer.hears(reply);
    }
  }

  @Test
  void aReportThatQuotesALongWayIsNoLoop() {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      peer.asks("DATA", "354");
      peer.asks(
          "Subject: returned mail\r\n\r\n" + HOP.repeat(150) + "\r\n.", "250 2.0.0 Ok: queued");
    }
  }
}
