package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** E7: many recipients, good, bad and the same again: those that were taken stay taken, and nobody may guess for ever. */
class E7ManyRecipientsTest {

  @Test
  void pastTheLimitIs452AndTheEarlierOnesAreKept() {
    try (Site site = new Site(Site.Plan.USUAL.recipientsMax(100));
        Peer peer = site.greeted()) {
      StringBuilder batch = new StringBuilder("MAIL FROM:<ann@client.example>\r\n");
      for (int i = 0; i < 250; i++) {
        batch.append("RCPT TO:<bob+").append(i).append("@ehlo.test>\r\n");
      }
      peer.says(batch + "DATA");
      peer.hears("250 2.1.0");
      for (int i = 0; i < 250; i++) {
        peer.hears(i < 100 ? "250 2.1.5 <bob+" + i + "@" : "452 4.5.3");
      }
      peer.hears("354");
      peer.asks("hello\r\n.", "250 2.0.0 Ok: queued");
      var recipients = site.onlyMail().arrival().envelope().recipients();
      assertThat(recipients).hasSize(100);
      assertThat(recipients.getLast().path()).hasToString("bob+99@ehlo.test");
      peer.asks("MAIL FROM:<ann@client.example>", "250"); // and then for the rest
    }
  }

  @Test
  void guessingIsEndedWith421() {
    try (Site site = new Site(Site.Plan.USUAL.errorsMax(10));
        Peer peer = site.greeted()) {
      peer.asks("MAIL FROM:<ann@client.example>", "250");
      for (int i = 0; i < 10; i++) {
        peer.asks("RCPT TO:<guess" + i + "@ehlo.test>", "550 5.1.1");
      }
      peer.asks("RCPT TO:<guess10@ehlo.test>", "421 4.7.0");
      peer.hearsTheEnd();
      peer.hangsUp();
      site.awaitNobodyHere();
    }
  }

  /** RFC 5321 §4.5.3.1.10: 452 is no error, and a thousand of them are none; but nobody is put off for ever. */
  @Test
  void beingPutOffForEverIsEndedWith421() {
    try (Site site = new Site(Site.Plan.USUAL.recipientsMax(100).errorsMax(20));
        Peer peer = site.greeted()) {
      peer.asks("MAIL FROM:<ann@client.example>", "250");
      for (int i = 0; i < 2100; i++) {
        peer.asks("RCPT TO:<bob+" + i + "@ehlo.test>", i < 100 ? "250 2.1.5" : "452 4.5.3");
      }
      peer.asks(
          "RCPT TO:<bob+2100@ehlo.test>", "421 4.7.0 mx.ehlo.test: 2000 times without a mail");
      peer.hearsTheEnd();
    }
  }

  /** Those whom nobody starts the queue for hear 459 (RFC 1985 §5.2), and not for ever either. */
  @Test
  void soIsAskingForEverForTheQueue() {
    try (Site site = new Site(Site.Plan.USUAL.errorsMax(1));
        Peer peer = site.greeted()) {
      for (int i = 0; i < 100; i++) {
        peer.asks("ETRN ehlo.test", "459");
      }
      peer.asks("ETRN ehlo.test", "421 4.7.0");
      peer.hearsTheEnd();
    }
  }

  @Test
  void resetAndGreetingAgainForgiveNoErrors() {
    try (Site site = new Site(Site.Plan.USUAL.errorsMax(4));
        Peer peer = site.greeted()) {
      peer.asks("FOO", "500");
      peer.asks("RSET", "250");
      peer.asks("FOO", "500");
      peer.asks("EHLO again.example", "250");
      peer.asks("FOO", "500");
      peer.asks("MAIL FROM:<>", "250");
      peer.asks("RSET", "250");
      peer.asks("FOO", "500");
      peer.asks("FOO", "421 4.7.0");
      peer.hearsTheEnd();
    }
  }

  @Test
  void aMailThatIsTakenForgivesThemAll() {
    try (Site site = new Site(Site.Plan.USUAL.errorsMax(3));
        Peer peer = site.greeted()) {
      for (int mail = 0; mail < 3; mail++) {
        peer.asks("MAIL FROM:<ann@client.example>", "250");
        for (int i = 0; i < 3; i++) {
          peer.asks("RCPT TO:<nobody" + i + "@ehlo.test>", "550 5.1.1");
        }
        peer.asks("RCPT TO:<bob@ehlo.test>", "250");
        peer.asks("DATA", "354");
        peer.asks("hello\r\n.", "250 2.0.0 Ok: queued");
      }
      assertThat(site.kept).hasSize(3);
    }
  }

  @Test
  void badOnesAmongGoodOnesDoNotSpoilThem() {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.says(
          "MAIL FROM:<ann@client.example>\r\nRCPT TO:<no@ehlo.test>\r\nRCPT TO:<bob@ehlo.test>\r\n"
              + "RCPT TO:<u@elsewhere.example>\r\nRCPT TO:<>\r\nRCPT TO:<ann@ehlo.test>\r\nDATA");
      for (String code :
          new String[] {"250", "550 5.1.1", "250", "550 5.7.1", "501 5.1.3", "250", "354"}) {
        peer.hears(code);
      }
      peer.asks("hello\r\n.", "250 2.0.0 Ok: queued");
      assertThat(site.onlyMail().arrival().envelope().recipients())
          .extracting(recipient -> recipient.path().toString())
          .containsExactly("bob@ehlo.test", "ann@ehlo.test");
    }
  }
}
