package me.ehlo.smtp.server;

import java.util.List;
import java.util.stream.Stream;
import me.ehlo.mail.Envelope;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.ReversePath;
import me.ehlo.smtp.MailParameters;

/** A mail transaction under way (RFC 5321 §3.3): what MAIL and RCPT have said so far. */
public record Transaction(
    MailId id, ReversePath from, MailParameters parameters, List<Recipient> recipients) {

  public Transaction {
    recipients = List.copyOf(recipients);
  }

  static Transaction begin(MailId id, ReversePath from, MailParameters parameters) {
    return new Transaction(id, from, parameters, List.of());
  }

  Transaction with(Recipient recipient) {
    return new Transaction(
        id, from, parameters, Stream.concat(recipients.stream(), Stream.of(recipient)).toList());
  }

  public Envelope envelope() {
    return new Envelope(from, recipients, parameters.dsn());
  }
}
