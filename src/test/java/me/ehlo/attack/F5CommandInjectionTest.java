package me.ehlo.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import me.ehlo.relay.Tls;
import me.ehlo.trace.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * F5: what somebody on the way puts behind STARTTLS in the clear (CVE-2011-0411) is never taken for what the client says
 * over TLS, nor for anything else: the conversation ends.
 */
class F5CommandInjectionTest {
  private static final String STARTTLS = "STARTTLS\r\n";
  private static final String INJECTED =
      "EHLO evil.example\r\nMAIL FROM:<mallory@client.example>\r\nRCPT TO:<bob@ehlo.test>\r\n";

  enum When {
    WITH_THE_COMMAND,
    BEHIND_THE_220
  }

  @Test
  void inTheSamePiece() {
    try (Site site = Site.locked(Site.Lock.TRANSFER);
        Peer peer = site.greeted()) {
      peer.sends(STARTTLS + INJECTED);
      peer.hears("554 5.5.0");
      peer.hearsTheEnd();
      peer.hangsUp();
      nothingWasTaken(site);
    }
  }

  /** Where the cut falls behind STARTTLS, 220 may be said before the rest comes; then the rest is a bad handshake. */
  @Test
  void cutAtEveryOctet() {
    byte[] all = (STARTTLS + INJECTED).getBytes(ISO_8859_1);
    try (Site site = Site.locked(Site.Lock.TRANSFER)) {
      for (int cut = 1; cut < all.length; cut++) {
        try (Peer peer = site.greeted()) {
          peer.sends(Arrays.copyOf(all, cut));
          peer.sends(Arrays.copyOfRange(all, cut, all.length));
          peer.finishesSpeaking();
          assertThat(peer.rest()).as("cut at %s", cut).doesNotContain("250", "503", "221");
        }
      }
      nothingWasTaken(site);
    }
  }

  @Test
  void anOctetAtATime() {
    try (Site site = Site.locked(Site.Lock.TRANSFER);
        Peer peer = site.greeted()) {
      peer.trickles((STARTTLS + INJECTED).getBytes(ISO_8859_1));
      peer.finishesSpeaking();
      assertThat(peer.rest()).doesNotContain("250", "503", "221");
      peer.hangsUp();
      nothingWasTaken(site);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOOP\r\n",
        "\r\n",
        "N",
        "\0",
        " ",
        "STARTTLS\r\n",
        "QUIT\r\n",
        "\u0016\u0003\u0001"
      })
  void anyOctetWillDo(String injected) {
    for (When when : When.values()) {
      try (Site site = Site.locked(Site.Lock.TRANSFER);
          Peer peer = site.greeted()) {
        if (when == When.WITH_THE_COMMAND) {
          peer.sends(STARTTLS + injected);
          peer.hears("554 5.5.0");
        } else {
          peer.asks("STARTTLS", "220 2.0.0");
          peer.sends(injected);
          peer.finishesSpeaking();
        }
        assertThat(peer.rest()).doesNotContain("250", "500", "221");
        peer.hangsUp();
        nothingWasTaken(site);
      }
    }
  }

  /** Telnet's negotiation is dropped elsewhere; half of one would swallow the first words of the client behind TLS. */
  @ParameterizedTest
  @ValueSource(strings = {"\u00FF", "\u00FF\u00FA", "\u00FF\u00FD", "\u00FF\u00FA\u0018EHLO"})
  void halfANegotiation(String injected) {
    try (Site site = Site.locked(Site.Lock.TRANSFER);
        Peer peer = site.greeted()) {
      peer.sends(STARTTLS + injected);
      assertThat(peer.rest()).doesNotContain("250", "500", "221");
      peer.hangsUp();
      nothingWasTaken(site);
    }
  }

  /** The handshake itself runs while the octets come: before its first octet, behind each, and behind its last. */
  @Test
  void inTheMiddleOfTheHandshake() throws SSLException {
    byte[] hello = hello();
    try (Site site = Site.locked(Site.Lock.TRANSFER)) {
      for (int cut = 0; cut <= hello.length; cut++) {
        ByteArrayOutputStream mixed = new ByteArrayOutputStream();
        mixed.write(hello, 0, cut);
        mixed.writeBytes(INJECTED.getBytes(ISO_8859_1));
        mixed.write(hello, cut, hello.length - cut);
        try (Peer peer = site.greeted()) {
          peer.asks("STARTTLS", "220 2.0.0");
          peer.sends(mixed.toByteArray());
          peer.finishesSpeaking();
          assertThat(peer.rest()).as("cut at %s", cut).doesNotContain("250 ", "503 ", "221 ");
        }
      }
      nothingWasTaken(site);
      assertThat(site.count(Event.Encrypted.class)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theLogSaysSo(When when) {
    try (Site site = Site.locked(Site.Lock.TRANSFER)) {
      try (Peer peer = site.greeted()) {
        if (when == When.WITH_THE_COMMAND) {
          peer.sends(STARTTLS + INJECTED);
        } else {
          peer.asks("STARTTLS", "220");
          peer.sends(INJECTED);
        }
        peer.finishesSpeaking();
        peer.rest();
      }
      site.awaitNobodyHere();
      assertThat(site.events)
          .filteredOn(Event.Closed.class::isInstance)
          .extracting(event -> ((Event.Closed) event).how())
          .containsExactly(when == When.WITH_THE_COMMAND ? "quit" : "tls-failed");
      assertThat(site.events)
          .filteredOn(Event.Decided.class::isInstance)
          .extracting(event -> ((Event.Decided) event).reason().id())
          .endsWith(when == When.WITH_THE_COMMAND ? "too-early" : "handshake-failed");
    }
  }

  /** So that refusing everything would not do. */
  @Test
  void theControlAClientThatWaitsIsServed() {
    byte[] command = STARTTLS.getBytes(ISO_8859_1);
    try (Site site = Site.locked(Site.Lock.TRANSFER)) {
      for (int cut = 1; cut < command.length; cut++) {
        try (Peer peer = site.greeted()) {
          peer.sends(Arrays.copyOf(command, cut));
          peer.sends(Arrays.copyOfRange(command, cut, command.length));
          peer.hears("220 2.0.0");
          peer.encrypts();
          assertThat(peer.asks("EHLO client.example", "250")).doesNotContain("STARTTLS");
          peer.asks("MAIL FROM:<ann@client.example>\r\nRCPT TO:<bob@ehlo.test>", "250 2.1.0");
          peer.hears("250 2.1.5");
          peer.asks("QUIT", "221");
        }
      }
      site.awaitNobodyHere();
      assertThat(site.count(Event.Encrypted.class)).isEqualTo(command.length - 1);
    }
  }

  private static void nothingWasTaken(Site site) {
    site.awaitNobodyHere();
    assertThat(site.kept).isEmpty();
    assertThat(site.events)
        .filteredOn(
            event -> event.toString().contains("mallory") || event.toString().contains("evil"))
        .isEmpty();
  }

  /** How a client begins its handshake. */
  private static byte[] hello() throws SSLException {
    SSLEngine engine = Tls.kept().createSSLEngine("mx.test", 25);
    engine.setUseClientMode(true);
    ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), hello);
    return Arrays.copyOf(hello.array(), hello.position());
  }
}
