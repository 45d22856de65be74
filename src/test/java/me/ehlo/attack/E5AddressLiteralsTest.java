package me.ehlo.attack;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** E5: an address literal is one of RFC 5321 §4.1.3 or it is a syntax error; a right one is still not ours. */
class E5AddressLiteralsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[300.1.1.1]",
        "[256.0.0.1]",
        "[1.2.3]",
        "[1.2.3.4.5]",
        "[1.2.3.]",
        "[.1.2.3]",
        "[1..2.3]",
        "[0x7f.0.0.1]",
        "[2130706433]",
        "[127.1]",
        "[1234.1.1.1]",
        "[+1.2.3.4]",
        "[1.2.3.4 ]",
        "[]",
        "[",
        "]",
        "[[1.2.3.4]]",
        "[1.2.3.4",
        "1.2.3.4]",
        "[1.2.3.4]x",
        "[1.2.3.4].",
        "[IPv6:]",
        "[IPv6::]",
        "[IPv6:::1%eth0]",
        "[IPv6:fe80::1%25lo]",
        "[IPv6:1::2::3]",
        "[IPv6:1:2:3:4:5:6:7]",
        "[IPv6:1:2:3:4:5:6:7:8:9]",
        "[IPv6:12345::1]",
        "[IPv6:g::1]",
        "[IPv6:1:2:3:4:5:6:7::]",
        "[IPv6:1.2.3.4::1]",
        "[IPv6:::1.2.3]",
        "[IPv6:::1.2.3.256]",
        "[IPv6:1:2:3:4:5:6:7:1.2.3.4]",
        "[IPv6::::1]",
        "[IPv6:1:]",
        "[IPv6::1]",
        "[IPv6: ::1]",
        "[::1]",
        "[2001:db8::1]",
        "[IPv4:1.2.3.4]",
        "[x-tag:anything]",
        "[tag]",
        "[IPv6:１::1]",
        "[１.2.3.4]"
      })
  void aWrongLiteralIsASyntaxError(String literal) {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.asks("MAIL FROM:<ann@" + literal + "> SMTPUTF8", "501 5.1.7");
      peer.asks("MAIL FROM:<> SMTPUTF8", "250");
      peer.asks("RCPT TO:<bob@" + literal + ">", "501 5.1.3");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[127.0.0.1]",
        "[0.0.0.0]",
        "[255.255.255.255]",
        "[001.002.003.004]",
        "[IPv6:::1]",
        "[ipv6:::]",
        "[IPv6:1:2:3:4:5:6:7:8]",
        "[IPv6:1::8]",
        "[IPv6:1:2:3:4:5:6::]",
        "[IPv6:::ffff:1.2.3.4]",
        "[IPv6:1:2:3:4:5:6:1.2.3.4]",
        "[IPv6:ABCD:EF01::]"
      })
  void aRightLiteralIsUnderstoodAndNotRelayedTo(String literal) {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.asks("MAIL FROM:<ann@" + literal + ">", "250");
      peer.asks("RCPT TO:<bob@" + literal + ">", "550 5.7.1");
    }
  }
}
