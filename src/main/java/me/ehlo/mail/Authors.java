package me.ehlo.mail;

import java.util.List;

/** Whom a mail's header names as those who wrote and sent it (RFC 5322 §3.6.2): From and Sender, resent ones included. */
public sealed interface Authors {

  /** Nobody has looked. */
  record Unasked() implements Authors {}

  /** These, and no others whatever program reads the mail; empty where the header names nobody. */
  record Named(List<Mailbox> mailboxes) implements Authors {
    public Named {
      mailboxes = List.copyOf(mailboxes);
    }
  }

  /** Programs might read different ones; {@code why} is a clause for people. */
  record Unclear(String why) implements Authors {}
}
