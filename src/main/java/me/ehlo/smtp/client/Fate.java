package me.ehlo.smtp.client;

import me.ehlo.mail.Cause;
import me.ehlo.mail.Outcome;

/** What one conversation made of one recipient of a mail. */
public sealed interface Fate {

  /** It is decided. */
  record Over(Outcome outcome) implements Fate {}

  /** The server takes no more recipients in this transaction; it waits for another (RFC 5321 §4.5.3.1.10). */
  record Left() implements Fate {}

  /**
   * Nothing is decided, and this conversation cannot go on: another server may be tried.
   *
   * @param touched whether the server had answered anything about this mail
   */
  record Open(Cause cause, boolean touched) implements Fate {}
}
