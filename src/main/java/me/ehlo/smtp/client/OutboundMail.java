package me.ehlo.smtp.client;

import java.util.List;
import java.util.Optional;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Orcpt;
import me.ehlo.mail.ReversePath;

/**
 * A mail that is to be sent to some recipients, as far as the commands need to know it.
 *
 * @param octets of the content, lines ending in CRLF, without dot stuffing
 * @param eightBit whether the content holds octets above 127
 * @param utf8Header whether the header needs SMTPUTF8 (RFC 6532)
 */
public record OutboundMail(
    ReversePath reversePath,
    DsnOptions dsn,
    List<To> recipients,
    long octets,
    boolean eightBit,
    boolean utf8Header) {

  public OutboundMail {
    recipients = List.copyOf(recipients);
  }

  /** A recipient, and what its sender wants to be told. */
  public record To(Mailbox mailbox, Notify notices, Optional<Orcpt> orcpt) {}
}
