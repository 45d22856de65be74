package me.ehlo.dsn;

import me.ehlo.mail.EnhancedStatus;

/** What the sender of a mail that failed can do about it, by the enhanced status (RFC 3463 §3). */
final class Advice {
  private static final String ASK =
      "If the words above do not help, reach the recipient in another way, or ask the postmaster of"
          + " the recipient's domain.";

  private Advice() {}

  static String of(EnhancedStatus status) {
    return switch (status.subject() + "." + status.detail()) {
      case "1.0", "1.1", "1.4" ->
          "Check the address for a typing error. If it is right, ask the recipient in another way"
              + " whether it is still in use.";
      case "1.2" ->
          "Check what stands behind the @ for a typing error: under that name nobody takes mail.";
      case "1.3" -> "Check the address: it is not written as addresses are.";
      case "1.6" -> "The recipient has moved. Ask in another way for the new address.";
      case "1.7", "1.8" ->
          "The other server does not accept your address as a sender's. Check the address in your"
              + " mail program, or ask whoever looks after your mail.";
      case "1.10" -> "That domain takes no mail at all. Ask the recipient for another address.";
      case "2.1" -> "The mailbox is closed for now. Reach the recipient in another way.";
      case "2.2" ->
          "The mailbox is full. Tell the recipient in another way, and send your mail again later.";
      case "2.3", "3.4" ->
          "The mail is too big for the other side. Send less at once, or a link to what was"
              + " attached.";
      case "2.4" -> "Ask whoever looks after the mailing list; its postmaster can mend it.";
      case "4.1", "4.2", "4.3", "4.5", "4.7" ->
          "The other side could not be reached or did not take the mail for a long time. Send it"
              + " again later, or reach the recipient in another way.";
      case "4.4" ->
          "No way to that domain could be found. Check what stands behind the @ for a typing error;"
              + " if it is right, the domain's postmaster must mend it.";
      case "4.6" ->
          "The mail went in circles. Only the postmasters of the servers it passed can mend that.";
      case "6.7", "6.8", "6.9", "6.10" ->
          "The other server cannot handle addresses with letters outside ASCII. Ask the recipient"
              + " for an address without them.";
      case "7.2" -> "Only some may write to that list. Ask whoever looks after it.";
      case "7.20", "7.21", "7.22", "7.23", "7.24", "7.25", "7.26", "7.27" ->
          "The other server could not make sure that the mail is really from your domain. Show this"
              + " report to whoever looks after your mail: it can be mended only there.";
      default -> bySubject(status.subject());
    };
  }

  private static String bySubject(int subject) {
    return switch (subject) {
      case 1 -> "Check the addresses of recipient and sender for a typing error.";
      case 2 -> "Something is wrong with the mailbox. Reach the recipient in another way.";
      case 3, 4, 5 ->
          "The other server has a trouble of its own. Send the mail again later; if that does not"
              + " help, ask the postmaster of the recipient's domain.";
      case 6 ->
          "The other server cannot take a mail of this form. Send it as plain text, or attach less.";
      case 7 ->
          "The other server refuses the mail by a rule of its own; its words may say which. Reach"
              + " the recipient in another way, or ask the postmaster of the recipient's domain.";
      default -> ASK;
    };
  }
}
