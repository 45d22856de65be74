package me.ehlo.smtp.client;

import me.ehlo.mail.Reason;

/** Every reason that a conversation with another server can give, named by meaning. Ids are stable, sentences may improve. */
public final class DialogueReason {

  public static final Reason RELAYED =
      new Reason("relayed", 250, "2.0.0", "{} has taken the mail and answers for it from now on");

  // ---- what the other server said: for good (5yz), for now (4yz)
  public static final Reason SENDER_REFUSED =
      new Reason("sender-refused", 550, "5.0.0", "{} takes no mail from this sender");
  public static final Reason SENDER_DELAYED =
      new Reason("sender-delayed", 450, "4.0.0", "{} takes no mail from this sender just now");
  public static final Reason RECIPIENT_REFUSED =
      new Reason("recipient-refused", 550, "5.0.0", "{} takes no mail for this recipient");
  public static final Reason RECIPIENT_DELAYED =
      new Reason("recipient-delayed", 450, "4.0.0", "{} takes no mail for this recipient just now");
  public static final Reason MAIL_REFUSED =
      new Reason("mail-refused", 554, "5.0.0", "{} does not take this mail");
  public static final Reason MAIL_DELAYED =
      new Reason("mail-delayed", 451, "4.0.0", "{} does not take this mail just now");
  public static final Reason GREETING_REFUSED =
      new Reason("greeting-refused", 421, "4.3.2", "{} takes no mail from us just now");
  public static final Reason EHLO_REFUSED =
      new Reason("ehlo-refused", 421, "4.3.2", "{} takes neither EHLO nor HELO from us just now");
  public static final Reason SENT_AWAY =
      new Reason("sent-away", 421, "4.3.2", "{} ended the conversation {}");

  // ---- what this mail needs and the other server does not offer
  public static final Reason TOO_BIG_THERE =
      new Reason("too-big-there", 552, "5.3.4", "The mail has {} octets, and {} takes at most {}");
  public static final Reason EIGHT_BIT_THERE =
      new Reason(
          "eight-bit-there",
          554,
          "5.6.3",
          "The mail holds octets above 127, and {} takes none (it offers no 8BITMIME). Send it encoded (MIME"
              + " quoted-printable or base64)");
  public static final Reason SMTPUTF8_THERE =
      new Reason(
          "smtputf8-there",
          553,
          "5.6.7",
          "An address or the header is not ASCII, and {} cannot take that (it offers no SMTPUTF8)");
  public static final Reason UNFIT_ADDRESS =
      new Reason("unfit-address", 553, "5.1.3", "An address holds what cannot be said to {}");
  public static final Reason BAD_CONTENT =
      new Reason(
          "bad-content",
          554,
          "5.6.0",
          "The mail is not well-formed (a bare CR, a bare LF or NUL), and was not sent to {}");

  // ---- the conversation itself
  public static final Reason LOST =
      new Reason("connection-lost", 450, "4.4.2", "The connection to {} was lost {}");
  public static final Reason TIMED_OUT =
      new Reason("no-answer", 450, "4.4.2", "{} took too long {}");
  public static final Reason IN_DOUBT =
      // RFC 1047: the other side may have taken it
      new Reason(
          "in-doubt",
          450,
          "4.4.2",
          "The whole mail was sent to {}, but no answer came ({}). It may have it, and then gets it twice");
  public static final Reason NONSENSE =
      new Reason("nonsense", 450, "4.5.0", "{} said {} what is no answer: {}");
  public static final Reason ENDLESS =
      new Reason("endless-answer", 450, "4.5.0", "{} gave an answer without end {}");
  public static final Reason STOPPED =
      new Reason("stopped-here", 450, "4.3.2", "We stopped while talking to {}, {}");
  public static final Reason NO_CONTENT =
      new Reason("content-unreadable", 451, "4.3.0", "The mail cannot be read here just now");

  // ---- encryption and login
  public static final Reason TLS_NOT_OFFERED =
      new Reason(
          "tls-not-offered",
          450,
          "4.7.4",
          "Mail goes to {} only encrypted, and it offers no STARTTLS");
  public static final Reason TLS_FAILED =
      new Reason("tls-failed", 450, "4.7.5", "The encryption with {} could not be set up");
  public static final Reason TLS_INJECTION =
      new Reason(
          "tls-injection",
          450,
          "4.7.5",
          "Something was said in the clear between {}'s reply to STARTTLS and the encryption: somebody may be"
              + " tampering");
  public static final Reason LOGIN_NEEDS_TLS =
      new Reason(
          "login-needs-tls",
          450,
          "4.7.11",
          "The password for {} is said only over verified encryption, and there is none");
  public static final Reason LOGIN_NOT_OFFERED =
      new Reason(
          "login-not-offered",
          450,
          "4.7.4",
          "{} offers no login that we know (AUTH SCRAM, CRAM-MD5, PLAIN or LOGIN)");
  public static final Reason LOGIN_REFUSED =
      new Reason("login-refused", 450, "4.7.8", "{} does not accept our user name and password");

  public static final Reason LOGIN_BROKEN_OFF =
      new Reason("login-broken-off", 450, "4.7.8", "The login with {} was broken off: {}");

  private DialogueReason() {}
}
