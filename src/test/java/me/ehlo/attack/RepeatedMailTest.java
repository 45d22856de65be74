package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import me.ehlo.trace.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 1047: a client that lost our 250 and sends the mail again gets the same answer, and the mail is kept once. */
class RepeatedMailTest {
  private static final String TEXT = "Message-ID: <1@client.example>\r\n\r\nhello\r\n";
  private static final String SENDER = "<ann@client.example>";

  @Test
  void resetBehindTheDotAndSentAgainItIsKeptOnce() {
    try (Site site = Site.usual()) {
      String first = reset(site, TEXT);
      assertThat(again(site, TEXT)).isEqualTo(first);
      assertThat(site.kept).hasSize(1);
      assertThat(
              site.events.stream()
                  .filter(event ->
                      event instanceof Event.Decided decided
                          && decided.reason().id().equals("accepted-before")))
          .hasSize(1);
    }
  }

  @Test
  void resetTwiceItIsKeptOnce() {
    try (Site site = Site.usual()) {
      String first = reset(site, TEXT);
      assertThat(reset(site, TEXT)).isEqualTo(first);
      assertThat(again(site, TEXT)).isEqualTo(first);
      assertThat(site.kept).hasSize(1);
    }
  }

  @Test
  void silentBehindTheDotItIsKeptOnce() {
    try (Site site = new Site(Site.Plan.USUAL.patience(Duration.ofSeconds(3)))) {
      try (Peer peer = site.greeted()) {
        sends(peer, SENDER, TEXT);
        peer.hears("421");
      }
      site.awaitNobodyHere();
      again(site, TEXT);
      assertThat(site.kept).hasSize(1);
    }
  }

  @Test
  void aLargeMailIsKnownByAllOfIt() {
    String large = "x".repeat(70) + "\r\n";
    String content = large.repeat(2000);
    try (Site site = Site.usual()) {
      String first = reset(site, content + "a\r\n");
      assertThat(again(site, content + "b\r\n")).isNotEqualTo(first);
      assertThat(again(site, content + "a\r\n")).isEqualTo(first);
      assertThat(site.kept).hasSize(2);
    }
  }

  /** The Message-ID is the same each time. */
  @ParameterizedTest
  @CsvSource({
    "MAIL FROM:<eve@client.example>, RCPT TO:<bob@ehlo.test>, hello",
    "MAIL FROM:<>, RCPT TO:<bob@ehlo.test>, hello",
    "MAIL FROM:<ann@client.example> ENVID=2, RCPT TO:<bob@ehlo.test>, hello",
    "MAIL FROM:<ann@client.example>, RCPT TO:<ann@ehlo.test>, hello",
    "MAIL FROM:<ann@client.example>, RCPT TO:<bob@ehlo.test> NOTIFY=NEVER, hello",
    "MAIL FROM:<ann@client.example>, RCPT TO:<bob@ehlo.test>, hullo",
    "MAIL FROM:<ann@client.example>, RCPT TO:<bob@ehlo.test>, hello again",
  })
  void anythingElseIsAnotherMail(String mail, String rcpt, String word) {
    try (Site site = Site.usual()) {
      String first = reset(site, TEXT);
      try (Peer peer = site.greeted()) {
        peer.asks(mail, "250");
        peer.asks(rcpt, "250");
        assertThat(content(peer, TEXT.replace("hello", word))).isNotEqualTo(first);
      }
      assertThat(site.kept).hasSize(2);
      assertThat(again(site, TEXT)).as("the control: it is still known").isEqualTo(first);
    }
  }

  @Test
  void whoSpeaksOnHasHeardIt() {
    try (Site site = Site.usual()) {
      Peer peer = site.greeted();
      String first = sends(peer, SENDER, TEXT);
      peer.asks("NOOP", "250");
      peer.resets();
      site.awaitNobodyHere();
      assertThat(again(site, TEXT)).isNotEqualTo(first);
      assertThat(site.kept).hasSize(2);
    }
  }

  @Test
  void whoQuitsOrClosesInOrderHasHeardIt() {
    try (Site site = Site.usual()) {
      try (Peer peer = site.greeted()) {
        sends(peer, SENDER, TEXT);
        peer.asks("QUIT", "221");
      }
      Peer peer = site.greeted();
      sends(peer, SENDER, TEXT);
      peer.hangsUp();
      site.awaitNobodyHere();
      again(site, TEXT);
      assertThat(site.kept).hasSize(3);
    }
  }

  @Test
  void itIsToldOnceAndThenTheSameMailIsMeantAnew() {
    try (Site site = Site.usual()) {
      String first = reset(site, TEXT);
      assertThat(again(site, TEXT)).isEqualTo(first);
      assertThat(again(site, TEXT)).isNotEqualTo(first);
      assertThat(site.kept).hasSize(2);
    }
  }

  @Test
  void switchedOffNothingIsKnown() {
    try (Site site = new Site(Site.Plan.USUAL.duplicateWindow(Duration.ZERO))) {
      assertThat(again(site, TEXT)).isNotEqualTo(reset(site, TEXT));
      assertThat(site.kept).hasSize(2);
    }
  }

  @Test
  void anotherAddressIsAnotherClient() {
    try (Site site = Site.usual()) {
      reset(site, TEXT);
      try (Peer peer = site.connectFrom("127.0.0.2")) {
        peer.hears("220");
        peer.asks("EHLO client.example", "250");
        sends(peer, SENDER, TEXT);
      }
      assertThat(site.kept).hasSize(2);
    }
  }

  /** The mail is accepted, and the connection is reset; what was answered. */
  private static String reset(Site site, String text) {
    Peer peer = site.greeted();
    String answer = sends(peer, SENDER, text);
    peer.resets();
    site.awaitNobodyHere();
    return answer;
  }

  private static String again(Site site, String text) {
    try (Peer peer = site.greeted()) {
      String answer = sends(peer, SENDER, text);
      peer.asks("QUIT", "221");
      return answer;
    }
  }

  private static String sends(Peer peer, String sender, String text) {
    peer.asks("MAIL FROM:" + sender, "250");
    peer.asks("RCPT TO:<bob@ehlo.test>", "250");
    return content(peer, text);
  }

  private static String content(Peer peer, String text) {
    peer.asks("DATA", "354");
    return peer.asks(text + ".", "250 2.0.0 Ok: queued as ");
  }
}
