package me.ehlo.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.util.List;
import me.ehlo.lines.ContentLimits;
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
import me.ehlo.spool.Arrival;
import me.ehlo.spool.Draft;
import me.ehlo.spool.SubmittedDraft;
import me.ehlo.store.Post;

/** Whatever a mail is made of, it is seen the same in whatever pieces it comes, and completing its header ends. */
class ContentShapeFuzz {
  private static final ContentLimits SMALL = new ContentLimits(2000, 20, 5, 20);
  private static final SubmittedHeader.Context CONTEXT =
      new SubmittedHeader.Context(
          new Mailbox(new LocalPart("ann"), Domain.ofAscii("ehlo.test")),
          "Sat, 21 Nov 2026 09:02:13 +0000",
          new MailId(1),
          "mx.test");

  private static final Arrival ARRIVAL =
      Post.arrival(new MailId(1), new Envelope(new ReversePath.Null(), List.of()), "", false);

  /** The first octet says in pieces of which size the others come. */
  @FuzzTest
  void see(byte[] octets) throws StorageFailure {
    if (octets.length == 0) {
      return;
    }
    int piece = 1 + (octets[0] & 0x1F);
    ContentShape whole = new ContentShape(SMALL);
    whole.see(octets, 1, octets.length - 1);
    Submitted atOnce = new Submitted();
    atOnce.draft.write(octets, 1, octets.length - 1);
    ContentShape pieces = new ContentShape(SMALL);
    Submitted byPieces = new Submitted();
    for (int at = 1; at < octets.length; at += piece) {
      int length = Math.min(piece, octets.length - at);
      pieces.see(octets, at, length);
      byPieces.draft.write(octets, at, length);
    }
    assertThat(pieces.excess() == ContentShape.Excess.NONE)
        .isEqualTo(whole.excess() == ContentShape.Excess.NONE);
    if (whole.excess() == ContentShape.Excess.NONE) {
      assertThat(pieces.hops()).isEqualTo(whole.hops());
      assertThat(pieces.deliveredTo()).isEqualTo(whole.deliveredTo());
    }
    Authors authors = atOnce.draft.authors();
    assertThat(byPieces.draft.authors()).isEqualTo(authors);
    byPieces.draft.keep(ARRIVAL);
    atOnce.draft.keep(ARRIVAL);
    assertThat(byPieces.kept.toByteArray()).isEqualTo(atOnce.kept.toByteArray());
  }

  private static final class Submitted {
    final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    final SubmittedDraft draft = new SubmittedDraft(new RamDraft(), CONTEXT);

    private final class RamDraft implements Draft {
      @Override
      public void write(byte[] octets, int offset, int length) {
        kept.write(octets, offset, length);
      }

      @Override
      public void keep(Arrival arrival) {}

      @Override
      public void close() {}
    }
  }
}
