package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import me.ehlo.access.Crowd;
import me.ehlo.front.MailPace;
import me.ehlo.trace.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The PROXY protocol: a proxy is believed and nobody else, and the client is who it says, everywhere. */
class ProxyTest {
  private static final String PROXY = "127.0.7.1";
  private static final String HEADER = "PROXY TCP4 192.0.2.7 198.51.100.1 56324 25\r\n";
  private static final String BINARY =
      "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000C\u00C0\0\u0002\u0007\u00C63d\u0001\u00DC\u0004\0\u0019";
  private static final String LOCAL = "\r\n\r\n\0\r\nQUIT\n \u0000\0\0";

  @ParameterizedTest
  @ValueSource(strings = {HEADER, BINARY})
  void theClientIsWhoTheProxySays(String header) {
    try (Site site = site();
        Peer peer = site.connectFrom(PROXY)) {
      peer.sends(header);
      peer.hears("220");
      assertThat(peer.asks("EHLO client.example", "250")).contains("[192.0.2.7]");
      peer.asks("MAIL FROM:<ann@client.example>", "250");
      peer.asks("RCPT TO:<bob@ehlo.test>", "250");
      peer.asks("DATA", "354");
      peer.asks("hello\r\n.", "250");
      assertThat(site.onlyMail().arrival().received())
          .contains("[192.0.2.7]")
          .doesNotContain(PROXY);
      assertThat(site.events)
          .filteredOn(Event.Opened.class::isInstance)
          .extracting(event -> ((Event.Opened) event).client())
          .containsExactly("192.0.2.7");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {HEADER, BINARY})
  void theHeaderMayComeOctetByOctet(String header) {
    try (Site site = site();
        Peer peer = site.connectFrom(PROXY)) {
      peer.trickles(header.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
      peer.hears("220");
      assertThat(peer.asks("EHLO client.example", "250")).contains("[192.0.2.7]");
    }
  }

  /** The shares are the clients', not the proxy's, and a client is no part of this machine because its proxy is. */
  @Test
  void eachClientHasItsShare() {
    Crowd.Limits one = new Crowd.Limits(1, 100, 100, false);
    try (Site site = new Site(Site.Plan.USUAL, Site.Guard.NONE.proxies(PROXY + "/32").crowd(one));
        Peer first = site.connectFrom(PROXY);
        Peer second = site.connectFrom(PROXY);
        Peer other = site.connectFrom(PROXY)) {
      first.sends(HEADER).hears("220");
      assertThat(second.sends(HEADER).hears("421 4.7.0")).contains("192.0.2.7");
      other.sends(HEADER.replace("192.0.2.7", "192.0.2.8")).hears("220");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROXY UNKNOWN\r\n", "PROXY UNKNOWN 127.0.0.1 127.0.0.1 1 25\r\n"})
  void whomTheProxyDoesNotKnowIsAtNoAddress(String header) {
    try (Site site = site();
        Peer peer = site.connectFrom(PROXY)) {
      peer.sends(header).hears("220");
      assertThat(peer.asks("EHLO client.example", "250")).contains("[0.0.0.0]");
    }
  }

  @Test
  void aProxyMaySeeWhetherWeAreWell() {
    try (Site site = site();
        Peer peer = site.connectFrom(PROXY)) {
      peer.sends(LOCAL).hears("220");
      assertThat(peer.asks("EHLO client.example", "250")).contains("[" + PROXY + "]");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EHLO client.example\r\n",
        "PROXY TCP4 192.0.2.7\r\n",
        "PROXY TCP4 192.0.2.777 198.51.100.1 56324 25\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "\r\n\r\n\0\r\nQUIT\n!\u0011\0\0",
        "\r\n\r\n\0\r\nQUIT\nAAAA",
        "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00FC\u0003\u0003\0\0",
      })
  void whatIsNoHeaderIsNotAnswered(String octets) {
    try (Site site = site();
        Peer peer = site.connectFrom(PROXY)) {
      peer.sends(octets);
      peer.hearsTheEnd();
      peer.hangsUp();
      site.awaitNobodyHere();
      assertThat(site.events)
          .singleElement()
          .isInstanceOfSatisfying(
              Event.Decided.class,
              decided -> {
                assertThat(decided.reason().id()).isEqualTo("proxy-not-understood");
                assertThat(decided.said()).startsWith(PROXY + " was sent away: ");
              });
    }
  }

  @Test
  void aProxyThatSaysNothingIsNotWaitedForLong() {
    Site.Guard guard = Site.Guard.NONE.proxies(PROXY + "/32");
    try (Site site = new Site(Site.Plan.USUAL.patience(Duration.ofMillis(300)), guard);
        Peer peer = site.connectFrom(PROXY)) {
      assertThat(peer.tricklesUntilAnswered(new byte[] {'P'}, Duration.ofSeconds(20))).isEmpty();
      peer.hearsTheEnd();
    }
  }

  /** From anybody else it is a command like any other, and a wrong one. */
  @Test
  void nobodyElseIsAProxy() {
    try (Site site = site();
        Peer peer = site.connectFrom("127.0.7.2")) {
      peer.hears("220");
      peer.sends(HEADER).hears("554 5.5.0");
      peer.hearsTheEnd();
    }
  }

  @Test
  void aProxyHasOneHeader() {
    try (Site site = site();
        Peer peer = site.connectFrom(PROXY)) {
      peer.sends(HEADER).hears("220");
      peer.sends(HEADER.replace("192.0.2.7", "127.0.0.1")).hears("554 5.5.0");
      peer.hearsTheEnd();
    }
  }

  private static Site site() {
    return new Site(
        Site.Plan.USUAL,
        Site.Guard.NONE.pace(MailPace.pausing(Duration.ofSeconds(20))).proxies(PROXY + "/32"));
  }
}
