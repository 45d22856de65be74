package me.ehlo.lines;

/**
 * Looks through a mail's content, run by run, for octets that must not be there: a CR or LF without the other (RFC 5321
 * §2.3.8), and NUL (RFC 5322 §4, RFC 6532 §3.1).
 */
public final class ContentScan {

  /** What was found first. */
  public enum Flaw {
    NONE,
    BARE_CR,
    BARE_LF,
    NUL
  }

  private Flaw flaw = Flaw.NONE;
  private boolean afterCr;
  private long seen;

  /** Looks at the next run of octets. */
  public void see(byte[] octets, int offset, int length) {
    int end = offset + length;
    int i = offset;
    while (i < end) {
      if (afterCr) {
        if (octets[i] != '\n') {
          found(Flaw.BARE_CR);
        } else {
          i++;
        }
        afterCr = false;
      } else {
        i = nextOfInterest(octets, i, end);
        if (i < end) {
          weigh(octets[i++]);
        }
      }
    }
  }

  /** What was found, should the content end here; it may as well go on. */
  public Flaw atEnd() {
    return afterCr && flaw == Flaw.NONE ? Flaw.BARE_CR : flaw;
  }

  /** What was found so far; a CR at the end may still get its LF. */
  public Flaw soFar() {
    return flaw;
  }

  /** Whether octets above 127 were among them (RFC 6152). */
  public boolean eightBit() {
    return Octets.anyHigh(seen);
  }

  /** What is passed over is remembered: whether it was ASCII is asked at the end. */
  private int nextOfInterest(byte[] octets, int from, int end) {
    int i = from;
    for (; i <= end - Octets.WORD; i += Octets.WORD) {
      long word = Octets.word(octets, i);
      seen |= word;
      long low = Octets.below(word, '\r' + 1);
      if (low != 0) {
        return i + Octets.first(low);
      }
    }
    while (i < end && (octets[i] > '\r' || octets[i] < 0)) {
      seen |= octets[i++];
    }
    return i;
  }

  private void weigh(byte octet) {
    switch (octet) {
      case '\r' -> afterCr = true;
      case '\n' -> found(Flaw.BARE_LF);
      case 0 -> found(Flaw.NUL);
      default -> {} // other control characters are the mail's own affair
    }
  }

  private void found(Flaw what) {
    if (flaw == Flaw.NONE) {
      flaw = what;
    }
  }
}
