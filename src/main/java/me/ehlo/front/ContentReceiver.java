package me.ehlo.front;

import me.ehlo.lines.ContentScan;
import me.ehlo.lines.DotDecoder;
import me.ehlo.lines.FieldValues;
import me.ehlo.lines.HeaderCount;
import me.ehlo.mail.DeliveredToHeader;
import me.ehlo.mail.StorageFailure;
import me.ehlo.net.Wire;
import me.ehlo.net.WireFailure;
import me.ehlo.smtp.server.ContentFacts;
import me.ehlo.spool.Draft;
import me.ehlo.spool.Spool;

/**
 * Takes one mail's content from the wire into a draft, and the facts about it on the way.
 *
 * <p>Whatever goes wrong with it (too big, a store in trouble), the content is read to its end, so that the conversation
 * stays in step; only the wire itself failing ends it early.
 */
final class ContentReceiver implements AutoCloseable {
  private final Wire wire;
  private final Draft draft;
  private final long sizeMax;
  private final MailClock clock;
  private final ContentScan scan = new ContentScan();
  private final HeaderCount hops = new HeaderCount("Received");
  private final ContentHash hash = new ContentHash();
  private final boolean hashing;
  private final FieldValues deliveredTo = new FieldValues(DeliveredToHeader.NAME);
  private ContentFacts.Stored stored = ContentFacts.Stored.WELL;
  private long octets;

  /**
   * @param clock says how long more of the content may be waited for
   * @param hashing whether somebody may ask for the content's hash
   */
  ContentReceiver(Wire wire, Spool spool, long sizeMax, MailClock clock, boolean hashing) {
    this.hashing = hashing;
    this.wire = wire;
    this.draft = spool.begin();
    this.sizeMax = sizeMax;
    this.clock = clock;
  }

  /** Takes everything up to CRLF.CRLF (RFC 5321 §4.1.1.4). */
  ContentFacts toDot() throws WireFailure {
    DotDecoder dots = new DotDecoder();
    while (!dots.ended()) {
      wire.readContent(
          clock.patience(), (run, start, end) -> dots.decode(run, start, end, this::take));
    }
    return facts();
  }

  /** Takes exactly this many octets (RFC 3030 §2). */
  ContentFacts chunk(long size) throws WireFailure {
    long rest = size;
    while (rest > 0) {
      rest -= wire.readContent(rest, clock.patience(), this::take);
    }
    return facts();
  }

  /** Makes the draft a mail; the commit is on the disk when this returns. */
  Draft draft() {
    return draft;
  }

  /** The time that the mail has left. */
  MailClock clock() {
    return clock;
  }

  /** The hash of what has come, if somebody may ask for it. */
  ContentHash hash() {
    return hash;
  }

  /** Whether octets above 127 have come. */
  boolean eightBit() {
    return scan.eightBit();
  }

  @Override
  public void close() {
    draft.close();
  }

  private ContentFacts facts() {
    return new ContentFacts(octets, scan.atEnd(), hops.count(), deliveredTo.values(), stored);
  }

  private void take(byte[] run, int offset, int length) {
    octets += length;
    clock.came(length);
    if (octets > sizeMax || stored != ContentFacts.Stored.WELL) {
      draft.close(); // it will never be a mail, so give its memory back
      return;
    }
    scan.see(run, offset, length);
    hops.see(run, offset, length);
    deliveredTo.see(run, offset, length);
    if (hashing) {
      hash.see(run, offset, length);
    }
    long begin = System.nanoTime();
    try {
      draft.write(run, offset, length);
    } catch (StorageFailure e) {
      stored = how(e);
    }
    clock.tookUs(System.nanoTime() - begin);
  }

  static ContentFacts.Stored how(StorageFailure e) {
    return e.kind() == StorageFailure.Kind.FULL
        ? ContentFacts.Stored.FULL
        : ContentFacts.Stored.TROUBLE;
  }
}
