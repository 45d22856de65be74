package me.ehlo.front;

import me.ehlo.lines.DotDecoder;
import me.ehlo.mail.StorageFailure;
import me.ehlo.net.Wire;
import me.ehlo.net.WireFailure;
import me.ehlo.smtp.server.ContentFacts;
import me.ehlo.smtp.server.ContentWatch;
import me.ehlo.smtp.server.House;
import me.ehlo.spool.Draft;

/**
 * Takes one mail's content from the wire into a draft, and the facts about it on the way.
 *
 * <p>Whatever goes wrong with it (too big, a store in trouble), the content is read to its end, so that the conversation
 * stays in step; only the wire itself failing ends it early.
 */
final class ContentReceiver implements AutoCloseable {
  private final Wire wire;
  private final Draft draft;
  private final MailClock clock;
  private final ContentWatch watch;
  private final ContentHash hash = new ContentHash();
  private final boolean hashing;
  private ContentFacts.Stored stored = ContentFacts.Stored.WELL;

  /**
   * @param clock says how long more of the content may be waited for
   * @param hashing whether somebody may ask for the content's hash
   */
  ContentReceiver(Wire wire, Draft draft, House house, MailClock clock, boolean hashing) {
    this.hashing = hashing;
    this.wire = wire;
    this.draft = draft;
    this.watch = new ContentWatch(house);
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
    return watch.eightBit();
  }

  @Override
  public void close() {
    draft.close();
  }

  private ContentFacts facts() {
    return watch.facts(draft::authors, stored);
  }

  private void take(byte[] run, int offset, int length) {
    clock.came(length);
    if (!watch.see(run, offset, length) || stored != ContentFacts.Stored.WELL) {
      draft.close(); // it will never be a mail, so give its memory back
      return;
    }
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
