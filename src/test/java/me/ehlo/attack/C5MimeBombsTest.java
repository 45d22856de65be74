package me.ehlo.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import me.ehlo.lines.ContentShape;
import me.ehlo.mail.Authors;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Envelope;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;
import me.ehlo.mail.SubmittedHeader;
import me.ehlo.smtp.server.ContentFacts;
import me.ehlo.smtp.server.ContentWatch;
import me.ehlo.smtp.server.House;
import me.ehlo.spool.Arrival;
import me.ehlo.spool.Draft;
import me.ehlo.spool.SubmittedDraft;
import me.ehlo.store.Post;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** C5: mails that are made to cost a lot cost little: in time, in memory, and for the conversation they come in. */
class C5MimeBombsTest {
  private static final long SIZE_MAX = 200_000_000;
  private static final long OVER_A_SOCKET_MAX = 3_000_000;
  private static final long CPU_NANOS_MAX = 3_000_000_000L;
  private static final long OCTETS_ALLOCATED_MAX = 96 * 1024 * 1024;

  /** Looked at as content of strangers is, and completed as content of our users is; once, on a cold machine. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("me.ehlo.attack.Bomb#all")
  void costsLittle(Bomb bomb) {
    Meter meter = new Meter();
    bomb.pieces(meter::measure);
    meter.end();
    boolean taken = bomb.reply().startsWith("250");
    assertThat(meter.facts.excess() == ContentShape.Excess.NONE).isEqualTo(taken);
    assertThat(meter.nanos).as("nanoseconds of CPU").isLessThan(CPU_NANOS_MAX);
    assertThat(meter.allocated).as("octets allocated").isLessThan(OCTETS_ALLOCATED_MAX);
  }

  @Test
  void theConversationGoesOn() {
    List<Bomb> bombs =
        Bomb.all().stream()
            .filter(bomb ->
                bomb.octets() < OVER_A_SOCKET_MAX || bomb.name().equals("a header of 100 MB"))
            .toList();
    assertThat(bombs).hasSizeGreaterThan(15);
    try (Site site = new Site(Site.Plan.USUAL.sizeMax(SIZE_MAX).errorsMax(1000));
        Peer peer = site.greeted()) {
      for (Bomb bomb : bombs) {
        begin(peer);
        peer.asks("DATA", "354");
        bomb.pieces((piece, length) -> peer.sends(Arrays.copyOf(piece, length)));
        peer.sends(".\r\n");
        peer.hears(bomb.reply());
        begin(peer);
        peer.sends("BDAT 14 LAST\r\nA: b\r\n\r\ntext\r\n".getBytes(US_ASCII));
        peer.hears("250 2.0.0 Ok: queued");
      }
      long taken = bombs.stream().filter(bomb -> bomb.reply().startsWith("250")).count();
      assertThat(site.kept).hasSize((int) taken + bombs.size());
    }
  }

  /** RFC 3030 §2: what cannot become a mail any more is refused at once, and the transaction is over. */
  @Test
  void aChunkIsRefusedAsSoonAsItIsTooMuch() {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      String fields = "A: b\r\n".repeat(5001);
      peer.sends("BDAT " + fields.length() + "\r\n" + fields);
      peer.hears("554 5.6.0 The header has too many fields: at most 5000 ");
      peer.sends("BDAT 6 LAST\r\nA: b\r\n");
      peer.hears("503 5.5.1");
      assertThat(site.kept).isEmpty();
    }
  }

  private static void begin(Peer peer) {
    peer.asks("MAIL FROM:<ann@client.example>", "250");
    peer.asks("RCPT TO:<bob@ehlo.test>", "250");
  }

  /** Does to a content what is done to it on its way in, and measures that alone. */
  private static final class Meter {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ContentWatch watch = new ContentWatch(new House("mx.test", SIZE_MAX, 100, 20));
    private final SubmittedDraft draft =
        new SubmittedDraft(
            new Nowhere(),
            new SubmittedHeader.Context(
                new Mailbox(new LocalPart("ann"), Domain.ofAscii("ehlo.test")),
                "Sat, 21 Nov 2026 09:02:13 +0000",
                new MailId(1),
                "mx.test"));
    long nanos;
    long allocated;
    ContentFacts facts = watch.facts(Authors.Unasked::new, ContentFacts.Stored.WELL);

    void measure(byte[] piece, int length) {
      long cpu = THREAD.getCurrentThreadCpuTime();
      long memory = THREAD.getCurrentThreadAllocatedBytes();
      if (watch.see(piece, 0, length)) {
        write(piece, length);
      }
      nanos += THREAD.getCurrentThreadCpuTime() - cpu;
      allocated += THREAD.getCurrentThreadAllocatedBytes() - memory;
    }

    void end() {
      long cpu = THREAD.getCurrentThreadCpuTime();
      long memory = THREAD.getCurrentThreadAllocatedBytes();
      facts = watch.facts(draft::authors, ContentFacts.Stored.WELL);
      if (facts.excess() == ContentShape.Excess.NONE) {
        keep();
      }
      nanos += THREAD.getCurrentThreadCpuTime() - cpu;
      allocated += THREAD.getCurrentThreadAllocatedBytes() - memory;
    }

    private void write(byte[] piece, int length) {
      try {
        draft.write(piece, 0, length);
      } catch (StorageFailure e) {
        throw new AssertionError(e);
      }
    }

    private void keep() {
      try {
        assertThat(facts.authors().get()).isNotNull();
        draft.keep(
            Post.arrival(
                new MailId(1), new Envelope(new ReversePath.Null(), List.of()), "", false));
      } catch (StorageFailure e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Keeps nothing. */
  private static final class Nowhere implements Draft {
    @Override
    public void write(byte[] octets, int offset, int length) {}

    @Override
    public void keep(Arrival arrival) {}

    @Override
    public void close() {}
  }
}
