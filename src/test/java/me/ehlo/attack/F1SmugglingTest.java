package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import me.ehlo.lines.ContentScan;
import me.ehlo.lines.NaiveDots;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * F1: nothing but CRLF.CRLF ends a mail, so no second mail can be hidden inside a first one (CVE-2023-51764 and its many
 * relatives); a mail that tries is refused whole.
 */
class F1SmugglingTest {
  private static final String BEFORE =
      "MAIL FROM:<ann@client.example>\r\nRCPT TO:<bob@ehlo.test>\r\nDATA";
  private static final String HIDDEN =
      "MAIL FROM:<admin@client.example>\r\nRCPT TO:<ann@ehlo.test>\r\nDATA\r\nFrom: admin\r\n\r\nsmuggled";

  /** The published ways of almost ending a mail. */
  static List<String> falseEnds() {
    return List.of(
        "\n.\n",
        "\n.\r\n",
        "\n.\r",
        "\r.\r",
        "\r.\n",
        "\r.\r\n",
        "\r\n.\n",
        "\r\n.\r",
        "\r\n\0.\r\n",
        "\r\n.\0\r\n",
        "\r\n.\r\0\n",
        "\r\0\n.\r\n",
        "\n\n.\n\n",
        "\r\r.\r\r",
        "\n\r.\n\r",
        "\r\n.\r\r\n",
        "\r\n.x\n.\n",
        "\0\r\n.\0\n");
  }

  @ParameterizedTest
  @MethodSource("falseEnds")
  void aFalseEndEndsNothing(String falseEnd) {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.says(BEFORE);
      heardThree(peer);
      peer.sends("Subject: one\r\n\r\nfirst" + falseEnd + HIDDEN + "\r\n.\r\n");
      peer.hears("550 5.5.2");
      peer.asks("QUIT", "221"); // one mail, one reply, and nothing left over
      peer.hearsTheEnd();
      assertThat(site.kept).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("falseEnds")
  void inChunksToo(String falseEnd) {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      String content = "Subject: one\r\n\r\nfirst" + falseEnd + HIDDEN + "\r\n.\r\n";
      peer.sends("BDAT " + content.length() + " LAST\r\n" + content);
      peer.hears("550 5.5.2");
      peer.asks("QUIT", "221");
      assertThat(site.kept).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOOP\nNOOP\r\n", "NOOP\rNOOP\r\n", "NOOP\r\r\n", "NOOP\n", "NOOP\0\r\n"})
  void aCommandWithAStrayOctetIsRefused(String command) {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.sends(command);
      peer.hears("500 5.5.2");
    }
  }

  /** All 3,905 strings of one to five octets, each in a mail at the beginning of a line, over a few connections. */
  @Test
  void allShortStringsOverTheWire() {
    List<String> strings = new ArrayList<>();
    NaiveDots.everyString(1, 5, strings::add);
    assertThat(strings).hasSize(3_905);
    try (Site site = new Site(Site.Plan.USUAL.errorsMax(Integer.MAX_VALUE))) {
      for (int from = 0; from < strings.size(); from += 1000) {
        try (Peer peer = site.greeted()) {
          strings
              .subList(from, Math.min(strings.size(), from + 1000))
              .forEach(s -> sendOne(site, peer, s));
        }
      }
    }
  }

  private static void sendOne(Site site, Peer peer, String string) {
    String stream = "x\r\n" + string + "\r\n.\r\n";
    NaiveDots.Read read = NaiveDots.read(stream);
    boolean clean = NaiveDots.flaw(read.content()) == ContentScan.Flaw.NONE;
    site.kept.clear();
    peer.says(BEFORE);
    heardThree(peer);
    peer.sends(stream + "VRFY me\r\n");
    peer.hears(clean ? "250 2.0.0" : "550 5.5.2");
    assertThat(site.kept).as("mails kept\n%s", peer).hasSize(clean ? 1 : 0);
    if (clean) {
      assertThat(site.onlyMail().content()).isEqualTo(read.content());
    }
    if (read.behind() == stream.length()) {
      peer.hears("252"); // nothing of the mail was taken for a command
    } else {
      String reply = peer.reply(); // what stands behind a true end is no command that exists
      while (reply.startsWith("500")) {
        reply = peer.reply();
      }
      assertThat(reply).as("%s", peer).startsWith("252");
    }
  }

  private static void heardThree(Peer peer) {
    peer.hears("250");
    peer.hears("250");
    peer.hears("354");
  }
}
