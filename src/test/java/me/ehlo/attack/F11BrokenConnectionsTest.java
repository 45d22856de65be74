package me.ehlo.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * F11: connections that end half, end hard, or crawl, at every octet of a conversation: a mail is kept whole or not at
 * all, and neither threads nor descriptors stay behind.
 */
class F11BrokenConnectionsTest {
  private static final String CONTENT = "Subject: broken\r\n\r\n.. dots and all\r\n";

  /** A conversation in the pieces that a client sends before it listens; the third holds the mail. */
  private static final List<String> BY_DATA =
      List.of(
          "EHLO client.example\r\n",
          "MAIL FROM:<ann@client.example>\r\nRCPT TO:<bob@ehlo.test>\r\nDATA\r\n",
          CONTENT.replace("..", "...") + ".\r\n",
          "QUIT\r\n");

  private static final List<String> BY_CHUNKS =
      List.of(
          "EHLO client.example\r\n",
          "MAIL FROM:<ann@client.example>\r\nRCPT TO:<bob@ehlo.test>\r\n",
          "BDAT 9\r\n"
              + CONTENT.substring(0, 9)
              + "BDAT "
              + (CONTENT.length() - 9)
              + " LAST\r\n"
              + CONTENT.substring(9),
          "QUIT\r\n");

  @Test
  void resetAtEveryOctet() {
    cutEverywhere(BY_DATA, (peer, _) -> peer.resets(), false);
    cutEverywhere(BY_CHUNKS, (peer, _) -> peer.resets(), false);
  }

  @Test
  void closedAtEveryOctet() {
    cutEverywhere(BY_DATA, (peer, _) -> peer.close(), false);
  }

  @Test
  void halfClosedAtEveryOctet() {
    BiConsumer<Peer, Site> half =
        (peer, _) -> {
          peer.finishesSpeaking();
          peer.rest();
          peer.close();
        };
    cutEverywhere(BY_DATA, half, true);
    cutEverywhere(BY_CHUNKS, half, true);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void octetByOctet(boolean chunks) {
    try (Site site = Site.usual();
        Peer peer = site.connect()) {
      peer.hears("220");
      for (String piece : chunks ? BY_CHUNKS : BY_DATA) {
        peer.trickles(piece.getBytes(ISO_8859_1));
        if (piece.startsWith("MAIL")) {
          peer.hears("250");
        }
        if (piece.startsWith("BDAT")) {
          peer.hears("250");
        }
        peer.reply();
        if (piece.endsWith("DATA\r\n")) {
          peer.hears("354");
        }
      }
      peer.hearsTheEnd();
      assertThat(site.onlyMail().content()).isEqualTo(CONTENT);
      site.awaitNobodyHere();
    }
  }

  /** Who reads no replies gets no further than the buffers between us, and holds only itself up. */
  @Test
  void whoNeverReadsHoldsUpNobodyElse() {
    try (Site site = Site.usual()) {
      Peer deaf = site.connect();
      deaf.hears("220");
      deaf.says("EHLO deaf.example");
      deaf.hears("250");
      Thread talker =
          Thread.ofVirtual()
              .start(() -> deaf.sends("HELP\r\n".repeat(200_000).getBytes(ISO_8859_1)));
      try (Peer other = site.inTransaction()) {
        other.asks("DATA", "354");
        other.asks("x\r\n.", "250 2.0.0 Ok: queued");
        other.asks("QUIT", "221");
      }
      deaf.resets();
      await().atMost(Duration.ofSeconds(20)).until(() -> !talker.isAlive());
      site.awaitNobodyHere();
    }
  }

  @Test
  void fiveHundredThatComeAndGoLeaveNoDescriptors() {
    try (Site site = Site.usual()) {
      comeAndGo(site, 50); // what is opened once and for all is open now
      long before = descriptors();
      comeAndGo(site, 500);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before + 5));
    }
  }

  private static void comeAndGo(Site site, int times) {
    for (int i = 0; i < times; i++) {
      Peer peer = site.connect();
      switch (i % 4) {
        case 0 -> peer.resets();
        case 1 -> peer.close();
        case 2 -> peer.sends("EHLO client.example\r\nMAIL").close();
        default -> {
          peer.finishesSpeaking().rest();
          peer.close();
        }
      }
    }
    site.awaitNobodyHere();
  }

  /** Plays the conversation as far as each octet in turn, and then ends it so. */
  private static void cutEverywhere(
      List<String> pieces, BiConsumer<Peer, Site> end, boolean allArrives) {
    int whole = pieces.get(0).length() + pieces.get(1).length() + pieces.get(2).length();
    // The same mail comes again and again, and is meant each time.
    try (Site site = new Site(Site.Plan.USUAL.duplicateWindow(Duration.ZERO))) {
      for (int cut = 0; cut <= whole + pieces.get(3).length(); cut++) {
        site.kept.clear();
        Peer peer = site.connect();
        peer.hears("220");
        play(pieces, cut, peer);
        end.accept(peer, site);
        site.awaitNobodyHere();
        boolean heardWhole = cut > whole;
        boolean may = cut >= whole;
        assertThat(site.kept.size())
            .as("mails kept, cut at octet %d of %d\n%s", cut, whole, peer)
            .isBetween(heardWhole || may && allArrives ? 1 : 0, may ? 1 : 0);
        assertThat(site.kept).allMatch(mail -> mail.content().equals(CONTENT));
      }
    }
  }

  private static void play(List<String> pieces, int octets, Peer peer) {
    int rest = octets;
    for (String piece : pieces) {
      if (rest <= 0) {
        return;
      }
      peer.sends(piece.substring(0, Math.min(rest, piece.length())));
      if (rest > piece.length()) {
        hearAll(peer, piece);
      }
      rest -= piece.length();
    }
  }

  private static void hearAll(Peer peer, String piece) {
    peer.hears("250");
    if (piece.startsWith("MAIL")) {
      peer.hears("250");
    }
    if (piece.startsWith("BDAT")) {
      peer.hears("250 2.0.0 Ok: queued");
    }
    if (piece.endsWith("DATA\r\n")) {
      peer.hears("354");
    }
  }

  private static long descriptors() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }
}
