package me.ehlo.mail;

/** An address: local-part@host (RFC 5321 §2.3.11). Two are equal when they lead to the same place. */
public record Mailbox(LocalPart localPart, Host host) {

  @Override
  public String toString() {
    return localPart + "@" + host;
  }
}
