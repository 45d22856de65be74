package me.ehlo.smtp.server;

/**
 * Who is at the other end of the wire.
 *
 * @param conversation the id that finds this conversation in the log
 * @param address an IP address as text, without brackets or zone
 */
public record Client(String conversation, String address) {

  /** The address as a literal: {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]} (RFC 5321 §4.1.3). */
  public String literal() {
    return address.indexOf(':') < 0 ? "[" + address + "]" : "[IPv6:" + address + "]";
  }
}
