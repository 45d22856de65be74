package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C6: what is stored is what came, octet for octet, however odd a reader of MIME may find it. */
class C6OctetForOctetTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n",
        "\r\n\r\n\r\n",
        "no header\r\n",
        " folded first\r\n",
        ": x\r\n",
        "From\r\n",
        "From : a\r\nFrom: b\r\nfrom:c\r\n",
        "Subject: a\r\n  \r\n b\r\n\r\n",
        "Subject:\ta\t\r\n\t\t\r\n",
        "Trailing: space   \r\n\r\nbody   \r\n\t\r\n",
        "Content-Type: multipart/mixed; boundary=a; boundary=b\r\nContent-Type: text/plain\r\n\r\n--a\r\n--b--\r\n--a--\r\n",
        "Content-Transfer-Encoding: base64\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=3D=\r\nPT0=\r\n",
        "Content-Type: text/plain; charset=utf-7\r\n\r\n+ADw-\r\n",
        "Subject: =?utf-8?b?AA==?=\r\n\r\n\u00FF\u00FE\u0080\u00C0\r\n",
        "Received: by mx.ehlo.test (Ehlo) with SMTP id 000000000000;\r\n\tSat, 1 Jan 2000 00:00:00 +0000\r\n\r\n",
        "Return-Path: <evil@x>\r\nAuthentication-Results: mx.ehlo.test; dkim=pass\r\n\r\n",
        "\u00EF\u00BB\u00BFFrom: bom\r\n",
        "\f\u000B\b\u007F\u001B\r\n"
      })
  void oddMailsAreKeptAsTheyCame(String content) {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      peer.asks("DATA", "354");
      peer.sends(content + ".\r\n");
      peer.hears("250 2.0.0 Ok: queued");
      peer.asks("MAIL FROM:<ann@client.example>", "250");
      peer.asks("RCPT TO:<bob@ehlo.test>", "250");
      peer.sends("BDAT " + content.length() + " LAST\r\n" + content);
      peer.hears("250 2.0.0 Ok: queued");
      assertThat(site.kept).hasSize(2).allMatch(mail -> mail.content().equals(content));
    }
  }

  @Test
  void everyOctetButNulMayStandInALine() {
    StringBuilder all = new StringBuilder();
    for (char c = 1; c < 256; c++) {
      if (c != '\r' && c != '\n') {
        all.append(c);
      }
    }
    sendAndCompare(all + "\r\n" + all.reverse() + "\r\n");
  }

  @Test
  void randomMailsWithDotsWhereverTheyHurt() {
    Random random = new Random(20261122);
    for (int i = 0; i < 60; i++) {
      StringBuilder content = new StringBuilder();
      int octets = random.nextInt(200_000);
      while (content.length() < octets) {
        switch (random.nextInt(4)) {
          case 0 -> content.append(".".repeat(random.nextInt(4)));
          case 1 -> content.append("\r\n".repeat(random.nextInt(3)));
          case 2 -> content.append((char) (0x80 + random.nextInt(0x80)));
          default -> content.append("x".repeat(random.nextInt(100)));
        }
      }
      sendAndCompare(content + "\r\n");
    }
  }

  /** The wire reads 32 KiB of content at once: a stuffed dot is put on each side of that edge. */
  @Test
  void dotsAtTheEdgeOfABuffer() {
    for (int before = 32 * 1024 - 6; before <= 32 * 1024 + 2; before++) {
      sendAndCompare("x".repeat(before) + "\r\n.\r\n..\r\nx\r\n");
    }
  }

  private static void sendAndCompare(String content) {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      peer.asks("DATA", "354");
      peer.sends(("\r\n" + content).replace("\r\n.", "\r\n..").substring(2) + ".\r\n");
      peer.hears("250 2.0.0 Ok: queued");
      if (!site.onlyMail()
          .content()
          .equals(content)) { // a message of a hundred thousand octets helps nobody
        assertThat(firstDifference(content, site.onlyMail().content()))
            .as("first difference")
            .isEqualTo(-1);
      }
    }
  }

  private static int firstDifference(String a, String b) {
    int i = 0;
    while (i < Math.min(a.length(), b.length()) && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    return a.equals(b) ? -1 : i;
  }
}
