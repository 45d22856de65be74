package me.ehlo.mail;

/**
 * An address literal (RFC 5321 §4.1.3): {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]}.
 *
 * @param text what stands between the brackets, already found to be right
 */
public record AddressLiteral(String text) implements Host {

  @Override
  public String toString() {
    return "[" + text + "]";
  }
}
