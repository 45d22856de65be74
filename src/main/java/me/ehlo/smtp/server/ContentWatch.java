package me.ehlo.smtp.server;

import java.util.function.Supplier;
import me.ehlo.lines.ContentScan;
import me.ehlo.lines.ContentShape;
import me.ehlo.mail.Authors;

/** Looks at one mail's content while it comes in, and finds the facts about it. */
public final class ContentWatch {
  private final long sizeMax;
  private final ContentScan scan = new ContentScan();
  private final ContentShape shape;
  private long octets;

  public ContentWatch(House house) {
    this.sizeMax = house.sizeMax();
    this.shape = new ContentShape(house.content());
  }

  /** Looks at the next run of octets; returns whether it may still become a mail, so that keeping it has a sense. */
  public boolean see(byte[] run, int offset, int length) {
    octets += length;
    if (isTooMuch()) {
      return false;
    }
    scan.see(run, offset, length);
    shape.see(run, offset, length);
    return !isTooMuch();
  }

  /** Whether octets above 127 have come. */
  public boolean eightBit() {
    return scan.eightBit();
  }

  /** What has been found, should the content end here; it may as well go on. */
  public ContentFacts facts(Supplier<Authors> authors, ContentFacts.Stored stored) {
    return new ContentFacts(
        octets, scan.atEnd(), shape.excess(), shape.hops(), shape.deliveredTo(), authors, stored);
  }

  private boolean isTooMuch() {
    return octets > sizeMax || shape.excess() != ContentShape.Excess.NONE;
  }
}
