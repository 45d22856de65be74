package me.ehlo.mail;

/**
 * A domain name (RFC 5321 §2.3.5). Two are the same when their A-labels are, without regard to case (RFC 5890).
 *
 * @param text as it was written
 * @param ascii its A-labels in lower case, by which it is compared and looked up
 */
public record Domain(String text, String ascii) implements Host {

  /** A domain that is plain ASCII in lower case, as our own constants and the store's are. */
  public static Domain ofAscii(String ascii) {
    return new Domain(ascii, ascii);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Domain domain && domain.ascii.equals(ascii);
  }

  @Override
  public int hashCode() {
    return ascii.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
