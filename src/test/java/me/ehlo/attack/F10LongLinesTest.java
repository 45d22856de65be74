package me.ehlo.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import me.ehlo.lines.Line;
import me.ehlo.lines.LineDecoder;
import me.ehlo.smtp.SmtpLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F10: all that RFC 5321 §4.5.3.1 asks for is taken; what is longer is read to its end, refused, and costs no memory. */
class F10LongLinesTest {
  private static final int LIMIT = SmtpLimits.COMMAND_LINE_OCTETS;
  private static final int BUFFER = 1024; // what a wire reads at once

  @Test
  void aCommandAsLongAsMayBeAndOneOctetMore() {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.asks("NOOP " + "x".repeat(LIMIT - 7), "250");
      peer.asks("NOOP " + "x".repeat(LIMIT - 6), "500 5.5.2");
      peer.asks("NOOP", "250");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MAIL FROM:<", "EHLO ", "\0", "ü", "RCPT TO:<\""})
  void tenMegabytesWithoutAnEndAreDrained(String beginning) {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.sends(beginning);
      byte[] piece = "x".repeat(1 << 20).getBytes(ISO_8859_1);
      for (int i = 0; i < 10; i++) {
        peer.sends(piece);
      }
      peer.says("");
      peer.hears("500 5.5.2");
      peer.asks("NOOP", "250"); // one reply, and in step
    }
  }

  @Test
  void whatIsDrainedIsNotKept() {
    LineDecoder decoder = new LineDecoder(LIMIT, false);
    byte[] piece = "x".repeat(BUFFER).getBytes(ISO_8859_1);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 8 * 1024; i++) {
      decoder.decode(piece, 0, piece.length);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    decoder.decode(new byte[] {'\r', '\n'}, 0, 2);
    assertThat(decoder.take()).isEqualTo(new Line.TooLong(LIMIT));
    assertThat(allocated).as("octets allocated for a line of 8 MiB").isLessThan(1 << 20);
  }

  /** A batch in which the wire's buffer ends at each octet of a command in turn. */
  @Test
  void aCommandIsNeverSplitAtTheEdgeOfABuffer() {
    String command = "MAIL FROM:<ann@client.example>\r\n";
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      for (int octetsBehindTheEdge = 0;
          octetsBehindTheEdge <= command.length();
          octetsBehindTheEdge++) {
        int before = BUFFER - (command.length() - octetsBehindTheEdge);
        peer.sends("NOOP " + "x".repeat(before - 7) + "\r\n" + command + "RSET\r\n");
        peer.hears("250 2.0.0");
        peer.hears("250 2.1.0 <ann@client.example>");
        peer.hears("250 2.0.0");
      }
    }
  }

  @Test
  void theSizesThatMustBeTakenAreTaken() {
    String label = "d".repeat(63);
    String domain =
        label + "." + label + "." + label; // 191 octets; with a local part of 62 a path of 256
    String local = "l".repeat(62);
    try (Site site = new Site(Site.Plan.USUAL.recipientsMax(SmtpLimits.RECIPIENTS_AT_LEAST));
        Peer peer = site.greeted()) {
      peer.asks("MAIL FROM:<" + local + "@" + domain + ">", "250"); // §4.5.3.1.3
      peer.asks("RCPT TO:<bob+" + "x".repeat(60) + "@ehlo.test>", "250"); // §4.5.3.1.1
      peer.asks("RCPT TO:<bob+" + "x".repeat(61) + "@ehlo.test>", "501 5.1.3");
      for (int i = 1; i < SmtpLimits.RECIPIENTS_AT_LEAST; i++) {
        peer.asks("RCPT TO:<bob@ehlo.test>", "250"); // §4.5.3.1.8
      }
      peer.asks("DATA", "354");
      peer.asks("x".repeat(998) + "\r\n.", "250 2.0.0 Ok: queued"); // §4.5.3.1.6
      peer.asks("MAIL FROM:<x" + local + "@" + domain + ">", "501 5.1.7");
      peer.asks("EHLO " + domain + "." + "d".repeat(61) + ".de", "250"); // §4.5.3.1.2
    }
  }

  @Test
  void aLineOfHalfAMegabyteIsContentLikeAnyOther() {
    String content = "X-Long: " + "y".repeat(250_000) + "\r\n\r\n" + "z".repeat(250_000) + "\r\n";
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      peer.asks("DATA", "354");
      peer.asks(content + ".", "250 2.0.0 Ok: queued");
      assertThat(site.onlyMail().content()).isEqualTo(content);
    }
  }

  @Test
  void aHeaderThatNeverEndsIsJustAMailThatIsTooBig() {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      peer.asks("DATA", "354");
      peer.sends("X: y\r\n".repeat(500_000));
      peer.says(".");
      peer.hears("552 5.3.4");
      peer.asks("NOOP", "250");
      assertThat(site.kept).isEmpty();
    }
  }

  @Test
  void everyReplyLineIsShortEnough() {
    String longest = "x".repeat(LIMIT - 40);
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      for (String command :
          new String[] {
            longest,
            "HELP " + longest,
            "MAIL FROM:<" + longest,
            "MAIL FROM:<> " + longest,
            "RCPT TO:<" + longest,
            "VRFY " + longest,
            longest + ":",
            "BDAT " + longest
          }) {
        peer.says(command);
        String reply = peer.reply();
        assertThat(reply.lines())
            .as("%s", peer)
            .isNotEmpty()
            .allMatch(line -> line.length() <= 510);
      }
    }
  }
}
