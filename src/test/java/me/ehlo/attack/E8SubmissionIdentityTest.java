package me.ehlo.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * E8: who has logged in as ann cannot write under another name, whatever program the mail is read with. The tricks are
 * those of espoofer's client mode (Chen, Paxson, Jiang, Composition Kills, USENIX Security 2020) and their kin.
 */
class E8SubmissionIdentityTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bob@ehlo.test",
        "BOB@EHLO.TEST",
        "bob+ann@ehlo.test",
        "postmaster@ehlo.test",
        "nobody@ehlo.test",
        "\"bob\"@ehlo.test",
        "\"ann@ehlo.test\"@bank.example",
        "\"ann@ehlo.test\"@ehlo.test",
        "ann@ehlo.test.bank.example",
        "ann@bank.example",
        "ann@xn--ehl-1na.test",
        "ann%ehlo.test@bank.example",
        "ann@[127.0.0.1]",
        "@ehlo.test:boss@bank.example",
        "@ehlo.test,@mx.ehlo.test:bob@ehlo.test",
        "annx@ehlo.test",
        "an@ehlo.test",
        "+ann@ehlo.test"
      })
  void noOtherReversePath(String from) {
    try (Site site = site();
        Peer peer = loggedIn(site)) {
      peer.asks("MAIL FROM:<" + from + ">", "550 5.7.1 ");
      peer.asks("RCPT TO:<bob@ehlo.test>", "503 5.5.1");
      peer.asks("MAIL FROM:<ann@ehlo.test>", "250");
    }
  }

  /** Every other author, and every header in which some program might see another; {@code |} stands for CRLF. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: bob@ehlo.test",
        "From: Boss <boss@bank.example>",
        "From: ann@ehlo.test, boss@bank.example",
        "From: boss@bank.example, ann@ehlo.test",
        "From: ann@ehlo.test|Sender: boss@bank.example",
        "From: ann@ehlo.test|From: boss@bank.example",
        "From: boss@bank.example|From: ann@ehlo.test",
        "From: ann@ehlo.test|from: boss@bank.example",
        "From: ann@ehlo.test|From : boss@bank.example",
        "From: ann@ehlo.test|From\t: boss@bank.example",
        "From : boss@bank.example",
        " From: boss@bank.example|From: ann@ehlo.test",
        "From:| boss@bank.example",
        "From: ann@ehlo.test|\u00A0From: boss@bank.example",
        "From: ann@ehlo.test|From\u0001: boss@bank.example",
        "From: ann@ehlo.test|From boss@bank.example",
        "From boss@bank.example Sat Nov 21 09:02:13 2026|From: ann@ehlo.test",
        ">From: boss@bank.example|From: ann@ehlo.test|text",
        "From: <boss@bank.example> <ann@ehlo.test>",
        "From: <ann@ehlo.test> <boss@bank.example>",
        "From: boss@bank.example <ann@ehlo.test>",
        "From: <boss@bank.example>, <ann@ehlo.test>",
        "From: boss@bank.example,<ann@ehlo.test>",
        "From: <@boss@bank.example,ann@ehlo.test>",
        "From: <@ehlo.test:boss@bank.example>",
        "From: <@bank.example,@any.example:ann@ehlo.test>",
        "From: (ann@ehlo.test) boss@bank.example",
        "From: ann@ehlo.test (<boss@bank.example>)",
        "From: boss@bank.example (ann@ehlo.test",
        "From: \"ann@ehlo.test\" boss@bank.example",
        "From: \"boss@bank.example\" ann@ehlo.test",
        "From: <ann@ehlo.test>boss@bank.example",
        "From: <boss@bank.example>ann@ehlo.test",
        "From: ann@ehlo.test\u0001@bank.example",
        "From: boss@bank.example\u0001,ann@ehlo.test",
        "From: boss@bank.example\\,ann@ehlo.test",
        "From: ann@ehlo.test;boss@bank.example",
        "From: boss@bank.example:ann@ehlo.test",
        "From: bosses: boss@bank.example;",
        "From: us: ann@ehlo.test;",
        "From: ann@ehlo.test@bank.example",
        "From: =?utf-8?b?Ym9zc0BiYW5rLmV4YW1wbGU=?=",
        "From: =?utf-8?q?boss=40bank.example?=,<ann@ehlo.test>",
        "From: =?utf-8?b?PGJvc3NAYmFuay5leGFtcGxlPg==?=<=?utf-8?q?ann?=@ehlo.test>",
        "From: <=?utf-8?q?ann?=@ehlo.test>",
        "From: \u00FF\u00FEann@ehlo.test",
        "From: ann@ehlo.test,",
        "From: ,ann@ehlo.test",
        "From:",
        "From: <>",
        "From: bob",
        "From: boss@bank.example|Resent-From: ann@ehlo.test",
        "From: ann@ehlo.test|Resent-From: boss@bank.example",
        "From: ann@ehlo.test|Resent-Sender: boss@bank.example",
        "Sender: bob@ehlo.test",
        "From: ann@ehlo.test|Sender: ann@ehlo.test|Sender: ann@ehlo.test",
        "From: ann@ehlo.test|: x",
        "From: ann@ehlo.test|text|From: boss@bank.example"
      })
  void noOtherAuthor(String header) {
    String mail = header.replace("|", "\r\n") + "\r\n\r\ntext\r\n";
    try (Site site = site();
        Peer peer = loggedIn(site)) {
      boolean text =
          header.startsWith(" "); // no header at all: it gets one, and all of this is text
      begin(peer);
      peer.asks("DATA", "354");
      peer.sends(mail + ".\r\n");
      refusedOrText(peer.reply(), text, peer);
      begin(peer);
      peer.sends("BDAT " + mail.length() + "\r\n" + mail);
      peer.hears("250");
      peer.asks("BDAT 0 LAST", text ? "250" : "55");
      assertThat(site.kept)
          .allSatisfy(kept ->
              assertThat(kept.content())
                  .contains("From: ann@ehlo.test\r\n")
                  .contains("\r\n\r\n" + mail))
          .hasSize(text ? 2 : 0);
      begin(peer);
      peer.asks("DATA", "354");
      peer.asks("From: Ann <ann+x@ehlo.test>\r\n\r\ntext\r\n.", "250");
    }
  }

  /** What is shown beside an address is free text, and proves nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: \"Boss <boss@bank.example>\" <ann@ehlo.test>",
        "From: =?utf-8?q?boss=40bank.example?= <ann@ehlo.test>",
        "From: ann@ehlo.test|Reply-To: boss@bank.example",
        "From: ann+boss@ehlo.test"
      })
  void whatIsAnns(String header) {
    try (Site site = site();
        Peer peer = loggedIn(site)) {
      begin(peer);
      peer.asks("DATA", "354");
      peer.asks(header.replace("|", "\r\n") + "\r\n\r\ntext\r\n.", "250");
      assertThat(site.onlyMail().content()).startsWith(header.replace("|", "\r\n"));
    }
  }

  @Test
  void othersAreNotBound() {
    try (Site site = site();
        Peer peer = site.inTransaction()) {
      peer.asks("DATA", "354");
      String odd = "From: a@b.example, c\r\nFrom: <>\r\nBcc: d\r\n\r\ntext\r\n";
      peer.asks(odd + ".", "250");
      assertThat(site.onlyMail().content()).isEqualTo(odd);
    }
  }

  private static void refusedOrText(String reply, boolean text, Peer peer) {
    String wanted = text ? "250 2.0.0 " : "55";
    assertThat(reply).as(peer.toString()).startsWith(wanted);
    if (!text) {
      assertThat(reply).containsAnyOf("550 5.7.1 ", "554 5.6.0 ");
    }
  }

  private static Site site() {
    return Site.locked(Site.Lock.TRANSFER);
  }

  private static Peer loggedIn(Site site) {
    Peer peer = site.greeted();
    byte[] secret = "\0ann\0secret".getBytes(UTF_8);
    peer.asks("AUTH PLAIN " + Base64.getEncoder().encodeToString(secret), "235");
    return peer;
  }

  private static void begin(Peer peer) {
    peer.asks("MAIL FROM:<ann@ehlo.test>", "250");
    peer.asks("RCPT TO:<bob@ehlo.test>", "250");
  }
}
