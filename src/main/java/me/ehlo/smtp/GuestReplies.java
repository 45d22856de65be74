package me.ehlo.smtp;

import me.ehlo.mail.Reason;

/** What strangers are told who take more than their share, or whom this site does not trust yet; as {@link Replies}. */
public final class GuestReplies {
  private static final int GOODBYE = 421; // RFC 5321 §4.3.2: the connection is closed behind it

  // ---- more than their share
  public static final Reason TOO_MANY_FROM_ADDRESS =
      new Reason(
          "too-many-from-address",
          GOODBYE,
          "4.7.0",
          "{} has {} connections with {} already, and that is the most. End some of them, or try again later");
  public static final Reason TOO_MANY_FROM_NETWORK =
      new Reason(
          "too-many-from-network",
          GOODBYE,
          "4.7.0",
          "{} has {} connections with the network {} already, and that is the most. Try again later");
  public static final Reason CONNECTS_TOO_OFTEN =
      new Reason(
          "connects-too-often",
          GOODBYE,
          "4.7.0",
          "{} takes {} connections a minute from {}, and those were more. Try again in a minute");
  public static final Reason MAILS_TOO_OFTEN =
      new Reason(
          "mails-too-often",
          451,
          "4.7.1",
          "At most {} mails a minute are taken from {}, and those were more. Try again in a minute");
  public static final Reason IDLE_COMMANDS =
      new Reason(
          "too-many-idle-commands",
          GOODBYE,
          "4.7.0",
          "{}: {} commands without a mail are enough. Connect again when you have one to send");
  public static final Reason PUT_OFF_TOO_OFTEN =
      new Reason(
          "put-off-too-often",
          GOODBYE,
          "4.7.0",
          "{}: {} times without a mail you were asked to come later, and that is enough. Connect again later");

  // ---- slow
  public static final Reason MAIL_TOO_SLOW =
      new Reason(
          "mail-too-slow",
          GOODBYE,
          "4.4.2",
          "{}: The mail came at less than {} octets a second. Nothing was kept; send it over a faster line");
  public static final Reason MAIL_TOO_LONG =
      new Reason(
          "mail-too-long",
          GOODBYE,
          "4.4.2",
          "{}: The mail had not ended after {} seconds. Nothing was kept; send a smaller one, or over a faster line");

  // ---- not trusted (yet)
  public static final Reason GREYLISTED =
      new Reason(
          "greylisted",
          451,
          "4.7.1",
          "<{}>: Greylisted: you have not written to this recipient before. Try again in {} seconds, and it is taken");
  public static final Reason BLOCKLISTED =
      new Reason(
          "blocklisted",
          550,
          "5.7.1",
          "<{}>: Refused: {} is listed by {}{}. Have that listing removed, or write to postmaster here");
  public static final Reason USER_MAY_NOT_SUBMIT =
      new Reason(
          "user-may-not-submit",
          550,
          "5.7.1",
          "Users of this machine send mail if policy.submit-users names them, and {} is not there. Ask who runs this server");

  private GuestReplies() {}
}
