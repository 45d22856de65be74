package me.ehlo.mail;

/** Where a mail shall go (RFC 5321 §4.1.1.3). */
public sealed interface ForwardPath {

  /** {@code <Postmaster>} without a domain: whoever looks after this server (RFC 5321 §4.5.1). */
  record Postmaster() implements ForwardPath {
    @Override
    public String toString() {
      return "postmaster";
    }
  }

  /** A mailbox; a source route in front of it has been stripped (RFC 5321 appendix C). */
  record To(Mailbox mailbox) implements ForwardPath {
    @Override
    public String toString() {
      return mailbox.toString();
    }
  }
}
