package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.Recipient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * E3: nothing in ENVID, ORCPT or another parameter becomes a line, a field or a command of its own: what is kept of them
 * is printable ASCII.
 */
class E3ParameterInjectionTest {
  private static final String MAIL = "MAIL FROM:<ann@client.example>";
  private static final String RCPT = "RCPT TO:<bob@ehlo.test>";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ENVID=x+0D+0AEvil:+20yes",
        "ENVID=x+0A",
        "ENVID=x+0d+0a",
        "ENVID=+00",
        "ENVID=+7F",
        "ENVID=+C3+BC",
        "ENVID=x+",
        "ENVID=x+4",
        "ENVID=x+4g",
        "ENVID=x+2b",
        "ENVID=x=y",
        "ENVID=ü",
        "ENVID=",
        "ENVID",
        "RET=FULL+0D+0A",
        "RET=full;hdrs",
        "SIZE=1+0D+0A",
        "ENVID=x ENVID=y",
        "RET=HDRS RET=HDRS",
        "AUTH=<>+0D+0A",
        "AUTH=ann@client.example+0D+0ARCPT+20TO:<x@y>",
        "AUTH=ann@client.example+0A",
        "AUTH=ann@client.example+00",
        "AUTH=ann@client.example+7F",
        "AUTH=ann+20ann@client.example",
        "AUTH=ann",
        "AUTH=ann@client.example=x",
        "AUTH=ünn@client.example",
        "AUTH=+C3+BC@client.example",
        "AUTH=<ann@client.example>",
        "AUTH=",
        "AUTH",
        "AUTH=<> AUTH=<>"
      })
  void ofMailIsRefused(String parameters) {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.asks(MAIL + " " + parameters, "501 5.5.4");
      peer.asks(RCPT, "503");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ORCPT=rfc822;bob+0D+0ADATA",
        "ORCPT=rfc822;bob+0ABcc:+20x",
        "ORCPT=rfc822;bob+0a",
        "ORCPT=rfc822;bob+00@x",
        "ORCPT=rfc822;bob+7F",
        "ORCPT=rfc822;bob+2",
        "ORCPT=rfc822;bob+2g",
        "ORCPT=rfc822;bob=x",
        "ORCPT=rfc822;bücher",
        "ORCPT=rfc822;",
        "ORCPT=;bob",
        "ORCPT=rfc822+0D+0A;bob",
        "ORCPT=utf-8;\\x{A}",
        "ORCPT=utf-8;\\x{D}\\x{A}",
        "ORCPT=utf-8;\\x{85}",
        "ORCPT=utf-8;\\x{FC",
        "ORCPT=utf-8;a+0D+0A",
        "NOTIFY=SUCCESS+0D+0A",
        "NOTIFY=NEVER,SUCCESS",
        "NOTIFY=NEVER NOTIFY=SUCCESS",
        "ORCPT=rfc822;a ORCPT=rfc822;b"
      })
  void ofRcptIsRefused(String parameters) {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.asks(MAIL, "250");
      peer.asks(RCPT + " " + parameters, "501 5.5.4");
      peer.asks("DATA", "503");
    }
  }

  @Test
  void aRealLineEndIsTheEndOfTheCommand() {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.asks(MAIL + " ENVID=x\r\nNOOP", "250 2.1.0");
      peer.hears("250 2.0.0");
      peer.asks(RCPT + " ORCPT=rfc822;bob\u0000", "500");
      peer.asks(RCPT + " ORCPT=rfc822;bob x", "555");
    }
  }

  @Test
  void tooLongIsRefusedAndAsLongAsItMayBeIsTaken() {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.asks(MAIL + " ENVID=" + "x".repeat(101), "501 5.5.4");
      peer.asks(MAIL + " ENVID=" + "x".repeat(100), "250");
      peer.asks(RCPT + " ORCPT=rfc822;" + "x".repeat(494), "501 5.5.4");
      peer.asks(RCPT + " ORCPT=rfc822;" + "x".repeat(493), "250");
    }
  }

  @Test
  void afterHeloNothingIsOffered() {
    try (Site site = Site.usual();
        Peer peer = site.connect()) {
      peer.hears("220");
      peer.asks("HELO client.example", "250");
      peer.asks(MAIL + " RET=HDRS", "555 5.5.4");
      peer.asks(MAIL, "250");
      peer.asks(RCPT + " NOTIFY=NEVER", "555 5.5.4");
      peer.asks(RCPT, "250");
    }
  }

  /** So that refusing everything would not do. */
  @Test
  void theControlWhatIsRightIsKeptAsItWasMeant() {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.asks(MAIL + " ENVID=a+20b+2B RET=HDRS", "250");
      peer.asks(RCPT + " NOTIFY=SUCCESS,DELAY ORCPT=rfc822;Bob+2Bx@ehlo.test", "250");
      peer.asks("RCPT TO:<ann@ehlo.test>", "250");
      peer.asks("DATA", "354");
      peer.asks("hello\r\n.", "250 2.0.0 Ok: queued");
      var envelope = site.onlyMail().arrival().envelope();
      assertThat(envelope.dsn().envid()).contains("a b+");
      assertThat(envelope.dsn().ret()).contains(DsnOptions.Ret.HDRS);
      List<Recipient> recipients = envelope.recipients();
      assertThat(recipients.getFirst().notices()).hasToString("SUCCESS,DELAY");
      assertThat(recipients.getFirst().orcpt().orElseThrow()).hasToString("rfc822;Bob+x@ehlo.test");
      assertThat(recipients.getLast().notices().asked()).isEmpty();
      assertThat(recipients.getLast().orcpt()).isEmpty();
    }
  }
}
