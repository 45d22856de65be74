package me.ehlo.smtp.server;

import me.ehlo.mail.ReceivedHeader;

/** How a mail came, in the words of a Received field (RFC 5321 §4.4). */
public final class Transmission {
  private Transmission() {}

  /**
   * The field.
   *
   * @param by our host name
   * @param date as in RFC 5322 §3.3
   */
  public static String received(
      Client client, Sender sender, String by, Transaction transaction, String date) {
    ReceivedHeader.Way way = of(client, sender, transaction);
    return client
        .user()
        .map(user ->
            ReceivedHeader.local(
                user.name(), by, way.protocol(), transaction.id(), transaction.recipients(), date))
        .orElseGet(() ->
            ReceivedHeader.of(
                sender.name(),
                client.literal(),
                by,
                way,
                transaction.id(),
                transaction.recipients(),
                date));
  }

  /**
   * Who has logged in stands nowhere in it: a mail goes to people who need not know which account it was written with.
   */
  public static ReceivedHeader.Way of(Client client, Sender sender, Transaction transaction) {
    return new ReceivedHeader.Way(
        protocol(client, sender, transaction),
        client.channel().version(),
        client.channel().cipher());
  }

  /** RFC 3848, RFC 6531 §4.3: S for TLS, A for a login; without EHLO there are no such words. */
  private static String protocol(Client client, Sender sender, Transaction transaction) {
    if (!sender.extended()) {
      return "SMTP";
    }
    return (transaction.parameters().smtpUtf8() ? "UTF8SMTP" : "ESMTP")
        + (client.channel().encrypted() ? "S" : "")
        + (client.login().isPresent() ? "A" : "");
  }
}
