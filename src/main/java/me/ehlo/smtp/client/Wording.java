package me.ehlo.smtp.client;

import me.ehlo.mail.Domain;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.Xtext;

/** The command lines of a mail transaction, with the parameters that the server at hand understands. */
final class Wording {

  /** What an address asks of the conversation. */
  enum Need {
    NOTHING,
    SMTPUTF8,
    /** It holds a control character, and cannot be said at all. */
    UNFIT
  }

  private final Offered offered;
  private final OutboundMail mail;
  private final boolean utf8;

  /**
   * @param utf8 whether the transaction is one with SMTPUTF8
   */
  Wording(Offered offered, OutboundMail mail, boolean utf8) {
    this.offered = offered;
    this.mail = mail;
    this.utf8 = utf8;
  }

  /** What this sender's address needs. */
  static Need need(ReversePath path) {
    return path instanceof ReversePath.Sender(var mailbox) ? need(mailbox) : Need.NOTHING;
  }

  /** What this address needs; a domain can always be said in A-labels. */
  static Need need(Mailbox mailbox) {
    Need need = need(mailbox.localPart().text());
    return need == Need.NOTHING && need(host(mailbox, false)) != Need.NOTHING ? Need.UNFIT : need;
  }

  /** RFC 5321 §4.1.1.2. */
  String mail() {
    StringBuilder line = new StringBuilder(80).append("MAIL FROM:<");
    if (mail.reversePath() instanceof ReversePath.Sender(var mailbox)) {
      line.append(address(mailbox));
    }
    line.append('>');
    if (offered.size()) {
      line.append(" SIZE=").append(mail.octets());
    }
    if (mail.eightBit() && offered.eightBitMime()) {
      line.append(" BODY=8BITMIME");
    }
    if (utf8) {
      line.append(" SMTPUTF8");
    }
    if (offered.dsn()) {
      mail.dsn().ret().ifPresent(ret -> line.append(" RET=").append(ret));
      mail.dsn().envid().ifPresent(envid -> line.append(" ENVID=").append(Xtext.encode(envid)));
    }
    return line.append("\r\n").toString();
  }

  /** RFC 5321 §4.1.1.3. */
  String rcpt(OutboundMail.To recipient) {
    StringBuilder line =
        new StringBuilder(80).append("RCPT TO:<").append(address(recipient.mailbox())).append('>');
    if (offered.dsn()) {
      recipient
          .notices()
          .asked()
          .ifPresent(_ -> line.append(" NOTIFY=").append(recipient.notices()));
      recipient.orcpt().ifPresent(orcpt -> line.append(" ORCPT=").append(orcpt.parameter()));
    }
    return line.append("\r\n").toString();
  }

  private String address(Mailbox mailbox) {
    return mailbox.localPart() + "@" + host(mailbox, utf8);
  }

  private static String host(Mailbox mailbox, boolean utf8) {
    return mailbox.host() instanceof Domain domain && !utf8
        ? domain.ascii()
        : mailbox.host().toString();
  }

  private static Need need(String text) {
    Need need = Need.NOTHING;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 0x7F) {
        return Need.UNFIT;
      }
      if (c > 0x7F) {
        need = Need.SMTPUTF8;
      }
    }
    return need;
  }
}
