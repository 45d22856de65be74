package me.ehlo.mail;

/**
 * The recipient as the sender first wrote it (ORCPT, RFC 3461 §4.2), which every later server passes on unchanged.
 *
 * @param type {@code rfc822} or {@code utf-8} (RFC 6533 §3), in lower case, or another registered address type
 * @param address decoded; printable ASCII
 */
public record Orcpt(String type, String address) {

  /** As it stands in a report (RFC 3464 §2.3.1). */
  @Override
  public String toString() {
    return type + ";" + address;
  }

  /** As it stands behind {@code ORCPT=}. */
  public String parameter() {
    return type + ";" + Xtext.encode(address);
  }
}
