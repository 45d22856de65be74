package me.ehlo.mail;

import java.util.List;

/** What a mail transaction collects (RFC 5321 §2.3.1): who it is from and for whom; never empty of recipients. */
public record Envelope(ReversePath reversePath, List<Recipient> recipients, DsnOptions dsn) {
  public Envelope {
    recipients = List.copyOf(recipients);
  }

  public Envelope(ReversePath reversePath, List<Recipient> recipients) {
    this(reversePath, recipients, DsnOptions.NONE);
  }

  /** Whether any recipient is at another site, so that the mail must leave. */
  public boolean leaves() {
    return recipients.stream().anyMatch(recipient -> !recipient.elsewhere().isEmpty());
  }

  /** Whether accepting it is not the end: somebody is at another site, or a report of success is owed. */
  public boolean concernsQueue() {
    return leaves()
        || recipients.stream()
            .anyMatch(recipient -> recipient.notices().wants(Notify.Happening.SUCCESS));
  }
}
