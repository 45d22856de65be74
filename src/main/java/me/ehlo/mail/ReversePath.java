package me.ehlo.mail;

/** Where reports about a mail go (RFC 5321 §4.1.1.2): a mailbox, or nowhere. */
public sealed interface ReversePath {

  /** {@code <>}: the mail is itself a report, and nobody is told about it. */
  record Null() implements ReversePath {
    @Override
    public String toString() {
      return "";
    }
  }

  /** A mailbox; a source route in front of it has been stripped (RFC 5321 appendix C). */
  record Sender(Mailbox mailbox) implements ReversePath {
    @Override
    public String toString() {
      return mailbox.toString();
    }
  }
}
