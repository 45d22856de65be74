package me.ehlo.pop3;

import me.ehlo.mail.StorageFailure;
import me.ehlo.pop3.Messages.Found;

/** What is said about an open maildrop (RFC 1939 §5 and §7). */
final class MaildropAnswers {

  /** What is said about one message that is there. */
  @FunctionalInterface
  private interface About {
    Turn say(Drop.Item item) throws StorageFailure;
  }

  private MaildropAnswers() {}

  static Turn list(Messages messages) {
    return Turn.say(
        Pop3Reason.LISTING.say(messages.summary()),
        messages.listing((item, out) -> out.append(item.octets())));
  }

  static Turn listOne(Messages messages, int number) {
    return on(messages, number, item -> say(Pop3Reason.LIST_ONE, number, item.octets()));
  }

  static Turn uidl(Messages messages) {
    return Turn.say(
        Pop3Reason.UIDS.say(messages.count()),
        messages.listing((item, out) -> out.append(item.id())));
  }

  static Turn uidlOne(Messages messages, int number) {
    return on(messages, number, item -> say(Pop3Reason.LIST_ONE, number, item.id()));
  }

  /** With or without UTF8, the mail is sent as it is: see docs/decisions on RFC 6856. */
  static Turn retr(Messages messages, int number) {
    return on(
        messages,
        number,
        item -> Turn.say(Pop3Reason.MAIL.say(item.octets()), messages.retrieve(item)));
  }

  static Turn top(Messages messages, Command.Top top) {
    return on(
        messages,
        top.number(),
        item -> Turn.say(Pop3Reason.TOP_OF_MAIL.say(top.lines()), messages.top(item, top.lines())));
  }

  static Turn dele(Messages messages, int number) {
    return on(
        messages,
        number,
        _ -> {
          messages.mark(number);
          return say(Pop3Reason.MARKED, number);
        });
  }

  static Turn rset(Messages messages) {
    messages.unmarkAll();
    return say(Pop3Reason.UNMARKED, messages.summary());
  }

  /** What is said when the store cannot do what was asked. */
  static Turn trouble(StorageFailure failure) {
    return switch (failure.kind()) {
      case DAMAGED -> say(Pop3Reason.MAIL_DAMAGED);
      case FULL, TROUBLE -> say(Pop3Reason.STORE_TROUBLE);
    };
  }

  private static Turn on(Messages messages, int number, About about) {
    try {
      return switch (messages.find(number)) {
        case Found.Message(var item) -> about.say(item);
        case Found.Deleted() -> say(Pop3Reason.MESSAGE_DELETED, number);
        case Found.NoSuch() -> say(Pop3Reason.NO_SUCH_MESSAGE, number, last(messages.highest()));
      };
    } catch (StorageFailure failure) {
      return trouble(failure).with("message", number);
    }
  }

  private static String last(int highest) {
    return switch (highest) {
      case 0 -> "the maildrop is empty";
      case 1 -> "there is only message 1";
      default -> "the last one is " + highest;
    };
  }

  private static Turn say(Pop3Reason why, Object... values) {
    return Turn.say(why.say(values));
  }
}
