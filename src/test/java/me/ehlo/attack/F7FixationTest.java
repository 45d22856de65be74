package me.ehlo.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

/** F7: who said something before TLS, be it a name, a password or half a mail, has said nothing (RFC 3207 §4.2). */
class F7FixationTest {
  private static final String ANN = plain("ann");
  private static final String BOB = plain("bob");

  @Test
  void aLoginIsForgotten() {
    try (Site site = Site.locked(Site.Lock.CARELESS_SUBMISSION);
        Peer peer = site.greeted()) {
      peer.asks("AUTH PLAIN " + ANN, "235 2.7.0");
      startTls(peer);
      peer.asks("MAIL FROM:<ann@ehlo.test>", "530 5.7.0");
      peer.asks("RCPT TO:<carol@elsewhere.example>", "503");
      peer.asks("AUTH PLAIN " + BOB, "235 2.7.0 Logged in as bob@ehlo.test");
      assertThat(site.kept).isEmpty();
    }
  }

  @Test
  void aLoginThatRelaysIsForgotten() {
    try (Site site = Site.locked(Site.Lock.TRANSFER);
        Peer peer = site.greeted()) {
      peer.asks("AUTH PLAIN " + ANN, "235 2.7.0");
      startTls(peer);
      peer.asks("MAIL FROM:<ann@ehlo.test>", "250");
      peer.asks("RCPT TO:<carol@elsewhere.example>", "550 5.7.1");
    }
  }

  @Test
  void halfALoginIsForgotten() {
    try (Site site = Site.locked(Site.Lock.TRANSFER);
        Peer peer = site.greeted()) {
      peer.asks("AUTH LOGIN", "334");
      peer.asks(base64("ann"), "334");
      peer.asks("STARTTLS", "501 5.5.2"); // that was the response
      startTls(peer);
      peer.asks("AUTH LOGIN", "334 VXNlcm5hbWU6");
      peer.asks(base64("bob"), "334");
      peer.asks(base64("secret"), "235 2.7.0 Logged in as bob@ehlo.test");
    }
  }

  @Test
  void aGreetingIsForgotten() {
    try (Site site = Site.locked(Site.Lock.TRANSFER);
        Peer peer = site.connect()) {
      peer.hears("220");
      peer.asks("EHLO evil.example", "250");
      peer.asks("STARTTLS", "220");
      peer.encrypts();
      peer.asks("MAIL FROM:<ann@client.example>", "503 5.5.1");
      peer.asks("EHLO good.example", "250");
      sendsMail(peer);
      assertThat(site.onlyMail().arrival().received())
          .startsWith("Received: from good.example")
          .contains("with ESMTPS id", "(version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384)")
          .doesNotContain("evil");
    }
  }

  @Test
  void aMailIsForgotten() {
    try (Site site = Site.locked(Site.Lock.TRANSFER);
        Peer peer = site.greeted()) {
      peer.asks("MAIL FROM:<mallory@client.example>", "250");
      peer.asks("RCPT TO:<ann@ehlo.test>", "250");
      peer.sends("BDAT 6\r\nevil\r\n");
      peer.hears("250");
      startTls(peer);
      peer.sends("BDAT 6 LAST\r\nmore\r\n");
      peer.hears("503");
      peer.asks("DATA", "503");
      sendsMail(peer);
      assertThat(site.onlyMail().content()).isEqualTo("hello\r\n");
      assertThat(site.onlyMail().arrival().envelope().recipients()).hasSize(1);
    }
  }

  /** So that forgetting everything always would not do. */
  @Test
  void theControlWhatIsSaidBehindTlsCounts() {
    try (Site site = Site.locked(Site.Lock.SUBMISSION);
        Peer peer = site.greeted()) {
      startTls(peer);
      peer.asks("AUTH PLAIN " + ANN, "235 2.7.0");
      peer.asks("EHLO client.example", "250");
      peer.asks("MAIL FROM:<ann@ehlo.test>", "250");
      peer.asks("RCPT TO:<carol@elsewhere.example>", "250");
      peer.asks("DATA", "354");
      peer.asks("hello\r\n.", "250");
      assertThat(site.onlyMail().arrival().received()).contains("with ESMTPSA id");
    }
  }

  @Test
  void theControlTlsFromTheStart() {
    try (Site site = Site.locked(Site.Lock.SUBMISSIONS);
        Peer peer = site.connect()) {
      peer.encrypts();
      peer.hears("220");
      assertThat(peer.asks("EHLO client.example", "250"))
          .contains("AUTH PLAIN LOGIN")
          .doesNotContain("STARTTLS");
      peer.asks("AUTH PLAIN " + ANN, "235 2.7.0");
    }
  }

  private static void startTls(Peer peer) {
    peer.asks("STARTTLS", "220 2.0.0");
    peer.encrypts();
    peer.asks("EHLO client.example", "250");
  }

  private static void sendsMail(Peer peer) {
    peer.asks("MAIL FROM:<ann@client.example>", "250");
    peer.asks("RCPT TO:<bob@ehlo.test>", "250");
    peer.asks("DATA", "354");
    peer.asks("hello\r\n.", "250");
  }

  private static String plain(String user) {
    return base64("\0" + user + "\0secret");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
