package me.ehlo.mail;

import java.util.List;

/** What a mail transaction collects (RFC 5321 §2.3.1): who it is from and for whom; never empty of recipients. */
public record Envelope(ReversePath reversePath, List<Recipient> recipients) {
  public Envelope {
    recipients = List.copyOf(recipients);
  }
}
