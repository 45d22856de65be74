package me.ehlo.spool;

/** A mail of our own making, whole: a report, small enough to stand in memory. */
public final class Composed {
  private final Arrival arrival;
  private final byte[] content;

  /**
   * @param content header and body, lines ending in CRLF; not copied, so the maker must not change it any more
   */
  public Composed(Arrival arrival, byte[] content) {
    this.arrival = arrival;
    this.content = content;
  }

  public Arrival arrival() {
    return arrival;
  }

  /** The octets themselves, not a copy. */
  public byte[] content() {
    return content;
  }
}
