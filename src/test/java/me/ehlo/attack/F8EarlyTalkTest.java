package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F8: who talks before it is their turn (RFC 2920 §3.1), or speaks another protocol, is sent away. */
class F8EarlyTalkTest {
  private static final Site.Plan PAUSING = Site.Plan.USUAL.greetPause(Duration.ofSeconds(10));
  private static final Site.Plan PATIENT = Site.Plan.USUAL.greetPause(Duration.ofMillis(30));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EHLO client.example\r\n",
        "E",
        "\r\n",
        "\0",
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        "\u0016\u0003\u0001"
      })
  void talkingBeforeTheGreeting(String early) {
    try (Site site = new Site(PAUSING);
        Peer peer = site.connect()) {
      peer.sends(early);
      peer.hears("554 5.5.0");
      peer.hearsTheEnd();
      peer.hangsUp();
      site.awaitNobodyHere();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00FF\u00FB\u001F\u00FF\u00FB \u00FF\u00FB\u0018\u00FF\u00FB'\u00FF\u00FD\u0001\u00FF\u00FB\u0003\u00FF\u00FD\u0003",
        "\u00FF\u00FA\u0018\0EHLO\r\n\u00FF\u00F0",
        "\u00FF",
        "\u00FF\u00F1"
      })
  void telnetsNegotiationIsNoTalk(String negotiation) {
    try (Site site = new Site(PATIENT);
        Peer peer = site.connect()) {
      peer.sends(negotiation);
      peer.hears("220");
    }
  }

  @Test
  void telnetsNegotiationIsNoTalkLaterEither() {
    try (Site site = Site.usual();
        Peer peer = site.connect()) {
      peer.hears("220");
      peer.sends("EHLO client.example\r\n\u00FF\u00FD\u0003");
      peer.hears("250");
      peer.asks("NOOP", "250");
    }
  }

  @Test
  void negotiationIsNoCoverForTalk() {
    try (Site site = new Site(PAUSING);
        Peer peer = site.connect()) {
      peer.sends("\u00FF\u00FD\u0003EHLO client.example\r\n");
      peer.hears("554 5.5.0");
      peer.hearsTheEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EHLO client.example", "HELO client.example", "ehlo"})
  void pipeliningPastTheGreeting(String greeting) {
    try (Site site = Site.usual();
        Peer peer = site.connect()) {
      peer.hears("220");
      peer.says(greeting + "\r\nMAIL FROM:<ann@client.example>");
      peer.hears("554 5.5.0");
      peer.hearsTheEnd();
    }
  }

  @Test
  void pipeliningPastData() {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      peer.says("DATA\r\nSubject: too soon\r\n\r\nhello\r\n.");
      peer.hears("554 5.5.0");
      peer.hearsTheEnd();
      assertThat(site.kept).isEmpty();
    }
  }

  @Test
  void pipeliningWithinAGroupIsWelcome() {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.says(
          "MAIL FROM:<ann@client.example>\r\nRCPT TO:<ann@ehlo.test>\r\nRCPT TO:<bob@ehlo.test>\r\nDATA");
      for (String code : new String[] {"250", "250", "250", "354"}) {
        peer.hears(code);
      }
      peer.says(
          "hello\r\n.\r\nMAIL FROM:<>\r\nRSET\r\nQUIT"); // RFC 2920 §3.1: behind the dot again
      for (String code : new String[] {"250 2.0.0 Ok: queued", "250", "250", "221"}) {
        peer.hears(code);
      }
      peer.hearsTheEnd();
      assertThat(site.kept).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1",
        "POST /mail HTTP/1.0",
        "CONNECT mx:25 HTTP/1.1",
        "PUT /x HTTP/1.1",
        "get /",
        "OPTIONS * HTTP/1.1",
        "PRI * HTTP/2.0",
        "HEAD / HTTP/1.0",
        "DELETE / HTTP/1.1",
        "TRACE / HTTP/1.1"
      })
  void anotherProtocolIsAnsweredOnce(String request) {
    try (Site site = Site.usual();
        Peer peer = site.connect()) {
      peer.hears("220");
      // ALPACA and its kin: the body of the request is a conversation; none of it may be held.
      peer.says(
          request
              + "\r\nHost: x\r\n\r\nEHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@ehlo.test>\r\nDATA\r\nx\r\n.");
      peer.hears("554 5.5.0");
      peer.hearsTheEnd();
      assertThat(site.kept).isEmpty();
      peer.hangsUp();
      site.awaitNobodyHere();
    }
  }

  @Test
  void withoutAGreetingThereIsNoMail() {
    try (Site site = Site.usual();
        Peer peer = site.connect()) {
      peer.hears("220");
      peer.says("MAIL FROM:<ann@client.example>\r\nRCPT TO:<bob@ehlo.test>\r\nDATA");
      peer.hears("503 5.5.1");
      peer.hears("503 5.5.1");
      peer.hears("503 5.5.1");
      assertThat(site.kept).isEmpty();
    }
  }
}
