package me.ehlo.smtp;

import me.ehlo.mail.Reason;

/** Every reason for which a mail is refused that has too much of something, or says who wrote it in a way that cannot be. */
public final class ContentReplies {
  // RFC 3463 §3.4: 5.3.4, message too big for system; §3.7: 5.6.0, an error in the content that has
  // no code of its own
  public static final Reason HEADER_TOO_BIG =
      new Reason(
          "header-too-big",
          552,
          "5.3.4",
          "The header is too big: it and those of all parts have at most {} octets. Put it into the text, or send less");
  public static final Reason TOO_MANY_FIELDS =
      new Reason(
          "too-many-fields",
          554,
          "5.6.0",
          "The header has too many fields: at most {} are taken in one header. Send fewer");
  public static final Reason NESTED_TOO_DEEP =
      new Reason(
          "nested-too-deep",
          554,
          "5.6.0",
          "There are parts within parts on more than {} levels. Send the innermost mail by itself");
  public static final Reason TOO_MANY_PARTS =
      new Reason(
          "too-many-parts",
          554,
          "5.6.0",
          "The mail has too many parts: at most {} are taken. Send several mails");

  // ---- who says to have written it, where somebody has logged in (RFC 6409 §6.1)
  public static final Reason SENDER_NOT_YOURS =
      new Reason(
          "sender-not-yours",
          550,
          "5.7.1",
          "<{}> is not yours: {} may write MAIL FROM its own address, that with +detail, an alias that leads to it, or"
              + " <>. Say MAIL FROM with one of them");
  public static final Reason AUTHOR_NOT_YOURS =
      new Reason(
          "author-not-yours",
          550,
          "5.7.1",
          "From and Sender name <{}>, which is not yours: {} may use its own address, that with +detail, or an alias"
              + " that leads to it. Set the sender's address in your mail program");
  public static final Reason AUTHOR_UNCLEAR =
      new Reason(
          "author-unclear",
          554,
          "5.6.0",
          "Who wrote the mail cannot be told for sure: {}. Write one field From: Your Name <you@example.org>");
  public static final Reason ACCOUNT_TOO_BUSY =
      new Reason(
          "account-too-busy",
          450,
          "4.7.1",
          "{} may write to {} recipients an hour, and has. Try again later");

  private ContentReplies() {}
}
