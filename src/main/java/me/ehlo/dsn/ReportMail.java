package me.ehlo.dsn;

/** A report as a whole mail, and what a server must be able to do to take it. */
public final class ReportMail {
  private final byte[] content;
  private final boolean eightBit;
  private final boolean smtpUtf8;

  ReportMail(byte[] content, boolean eightBit, boolean smtpUtf8) {
    this.content = content;
    this.eightBit = eightBit;
    this.smtpUtf8 = smtpUtf8;
  }

  /** Header and body, every line ending in CRLF; the octets themselves, not a copy. */
  public byte[] content() {
    return content;
  }

  /** Whether it holds octets above 127 (RFC 6152). */
  public boolean eightBit() {
    return eightBit;
  }

  /** Whether its own header holds UTF-8 (RFC 6531): it is for somebody whose address is not ASCII. */
  public boolean smtpUtf8() {
    return smtpUtf8;
  }
}
