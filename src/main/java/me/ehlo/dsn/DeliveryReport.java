package me.ehlo.dsn;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.Cause;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Orcpt;

/**
 * What a sender is to be told about one mail.
 *
 * @param mail the mail it is about
 * @param to who is told: the mail's reverse-path
 * @param arrived when we accepted the mail
 * @param recipients at least one
 * @param original what may come back with it
 */
public record DeliveryReport(
    MailId mail,
    Mailbox to,
    DsnOptions dsn,
    Instant arrived,
    List<OfRecipient> recipients,
    Original original) {
  public DeliveryReport {
    recipients = List.copyOf(recipients);
  }

  /** RFC 3464 §2.3.3. */
  public enum Action {
    FAILED,
    DELAYED,
    DELIVERED,
    RELAYED,
    EXPANDED
  }

  /**
   * What became of one recipient.
   *
   * @param cause why, and what the other server said; empty where there is nothing to explain (delivered, expanded)
   * @param lastAttempt empty where nothing was attempted
   * @param retryUntil for what is delayed: when we give up
   */
  public record OfRecipient(
      Mailbox recipient,
      Optional<Orcpt> orcpt,
      Action action,
      Optional<Cause> cause,
      Optional<Instant> lastAttempt,
      Optional<Instant> retryUntil) {}

  /**
   * The mail itself, or its beginning.
   *
   * @param octets the header at least, as far as it was read; latin-1, a character for each octet
   * @param whole whether that is all of it
   * @param smtpUtf8 whether its header may hold UTF-8 (RFC 6533)
   */
  public record Original(String octets, boolean whole, boolean smtpUtf8) {}
}
