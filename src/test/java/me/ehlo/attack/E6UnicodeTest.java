package me.ehlo.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** E6: addresses beyond ASCII: only where SMTPUTF8 was said, only right UTF-8, and domains compared as A-labels. */
class E6UnicodeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<jürgen@client.example>",
        "<ann@münchen.example>",
        "<ann@ｃｌｉｅｎｔ.example>",
        "<\"ü\"@client.example>",
        "ü@x.example"
      })
  void beyondAsciiNeedsToBeAskedFor(String address) {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.asks("MAIL FROM:" + address, "553 5.6.7");
      peer.asks("MAIL FROM:<ann@client.example>", "250");
      peer.asks("RCPT TO:" + address, "553 5.6.7");
      peer.asks("RSET", "250");
      peer.asks("MAIL FROM:" + address + " SMTPUTF8", "250");
      peer.asks("RCPT TO:" + address, "5"); // understood, and found wanting as any other
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a lone lead octet, C3",
    "a lone continuation octet, BC",
    "overlong slash, C0AF",
    "overlong NUL, C080",
    "overlong in three, E080AF",
    "a surrogate, EDA080",
    "beyond the last character, F4908080",
    "five octets, F888808080",
    "Latin-1, FC",
    "cut short, E282",
  })
  void whatIsNotUtf8IsRefused(String what, String octets) {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.asks("MAIL FROM:<> SMTPUTF8", "250");
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < octets.length(); i += 2) {
        text.append((char) Integer.parseInt(octets.substring(i, i + 2), 16));
      }
      peer.sends("RCPT TO:<bob+" + text + "@ehlo.test>\r\n");
      peer.hears("500 5.5.2");
      peer.sends("RCPT TO:<bob@ehlo.test" + text + ">\r\n");
      peer.hears("500 5.5.2");
      peer.asks("RCPT TO:<bob@ehlo.test>", "250"); // the transaction is as it was
    }
  }

  /** UTS 46: what maps to our domain is our domain, what only looks like it is not. */
  @ParameterizedTest
  @CsvSource({
    "bob@ehlo.test, 250",
    "bob@ＥＨＬＯ.test, 250",
    "bob@ehlo。test, 250",
    "bob@eh\u00ADlo.test, 250",
    "bob@ehlо.test, 550 5.7.1", // a Cyrillic o
    "bob@еhlo.test, 550 5.7.1", // a Cyrillic e
    "bob@ehlo.tést, 550 5.7.1",
    "bob@ehlo．test．, 501 5.1.3",
    "bob@\u202Eehlo.test, 501 5.1.3",
    "bob@ehlo\u2024test, 501 5.1.3",
    "bob＠ehlo.test, 501 5.1.3",
    "bоb@ehlo.test, 550 5.1.1", // a Cyrillic o in the name
    "bob\u200B@ehlo.test, 550 5.1.1",
    "ｂｏｂ@ehlo.test, 550 5.1.1",
    "poſtmaster@ehlo.test, 550 5.1.1",
    "poſtmaster, 501 5.1.3",
    "bob@xn--ls8h.test, 550 5.7.1",
    "bob@💩.test, 550 5.7.1",
    "bob@ab--cd.test, 550 5.7.1",
    "bob@a\u0301b.test, 550 5.7.1",
    "bob@\u0301b.test, 501 5.1.3",
    "bob@אa.test, 501 5.1.3",
  })
  void aDomainIsComparedAsALabels(String address, String reply) {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.asks("MAIL FROM:<> SMTPUTF8", "250");
      peer.asks("RCPT TO:<" + address + ">", reply);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RſET", "QUıT", "DATA\u200B", "ＮＯＯＰ", "\uFEFFNOOP", "ΝΟΟΡ", "NOOP\u00A0x"})
  void aCommandIsAscii(String command) {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.sends((command + "\r\n").getBytes(UTF_8));
      peer.hears("500 5.5.2");
    }
  }

  @Test
  void aParameterIsAscii() {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.asks("MAIL FROM:<> ſIZE=5", "555 5.5.4");
      peer.asks("MAIL FROM:<> BODY=8BıTMIME", "501 5.5.4");
      peer.asks("MAIL FROM:<> SIZE=٥", "501 5.5.4");
      peer.asks("MAIL FROM:<> ＳＭＴＰＵＴＦ８", "555 5.5.4");
    }
  }
}
