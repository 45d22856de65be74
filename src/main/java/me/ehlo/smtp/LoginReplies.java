package me.ehlo.smtp;

import me.ehlo.mail.EnhancedStatus;
import me.ehlo.mail.Reason;

/** The reasons around TLS, logging in (RFC 3207 §4, RFC 4954 §4, §6) and XCLIENT; the others are in {@link Replies}. */
public final class LoginReplies {

  // ---- TLS
  public static final Reason READY_FOR_TLS =
      new Reason("ready-for-tls", 220, "2.0.0", "Ready to start TLS");
  public static final Reason TLS_ALREADY =
      new Reason("tls-already", 503, "5.5.1", "TLS is on already: go on with EHLO");

  /** Never said, for nobody is left who could hear it: it stands in the log. */
  public static final Reason HANDSHAKE_FAILED =
      new Reason("handshake-failed", 454, "4.7.0", "No TLS handshake: {}");

  // ---- AUTH
  public static final Reason CHALLENGE = new Reason("challenge", 334, EnhancedStatus.NONE, "{}");
  public static final Reason LOGGED_IN =
      new Reason("logged-in", 235, "2.7.0", "Logged in as {}; say MAIL FROM to begin a mail");
  public static final Reason LOGIN_WRONG =
      new Reason(
          "login-wrong",
          535,
          "5.7.8",
          "The user name or the password is wrong. Check both, then say AUTH again");
  public static final Reason LOGIN_BUSY =
      new Reason(
          "login-busy", 454, "4.7.0", "Too many are logging in just now. Try again in a moment");
  public static final Reason LOGIN_BLOCKED =
      new Reason(
          "login-blocked",
          454,
          "4.7.0",
          "Too many wrong passwords have come from your address or for this user. Try again later");
  public static final Reason LOGIN_TROUBLE =
      new Reason(
          "login-trouble",
          454,
          "4.7.0",
          "The list of users cannot be read now. Nothing is wrong with your password; try again later");
  public static final Reason LOGIN_CANCELLED =
      new Reason("login-cancelled", 501, "5.7.0", "Cancelled, as you asked. You are not logged in");
  public static final Reason LOGIN_NOT_BASE64 =
      new Reason(
          "login-not-base64",
          501,
          "5.5.2",
          "That was no UTF-8 in Base64. Say AUTH again; the mail program's manual tells how passwords are encoded");
  public static final Reason LOGIN_MALFORMED =
      new Reason(
          "login-malformed",
          501,
          "5.5.2",
          "That was no message of this mechanism. AUTH PLAIN takes NUL user NUL password in Base64, AUTH LOGIN each by"
              + " itself");
  public static final Reason LOGIN_LINE_TOO_LONG =
      new Reason("login-line-too-long", 500, "5.5.6", "A response to AUTH has at most {} octets");
  public static final Reason UNKNOWN_MECHANISM =
      new Reason(
          "unknown-mechanism",
          504,
          "5.5.4",
          "The mechanism {} is not offered here. EHLO lists those that are");
  public static final Reason ENCRYPTION_REQUIRED =
      new Reason(
          "encryption-required",
          538,
          "5.7.11",
          "No password may be given here without encryption. First STARTTLS, or use a port with TLS; if that was your"
              + " password, change it");
  public static final Reason LOGGED_IN_ALREADY =
      new Reason(
          "logged-in-already",
          503,
          "5.5.1",
          "You are logged in as {}. To be somebody else, begin a new connection");
  public static final Reason LOGIN_BETWEEN_MAILS =
      new Reason(
          "login-between-mails",
          503,
          "5.5.1",
          "Nobody logs in while a mail is being composed. Say RSET, then AUTH");

  // ---- submission (RFC 6409 §4.3)
  public static final Reason LOGIN_FIRST =
      new Reason(
          "login-first",
          530,
          "5.7.0",
          "First log in: EHLO, AUTH, then {}. In a mail program, set a user name and password for sending");
  public static final Reason TLS_FIRST =
      new Reason(
          "tls-first",
          530,
          "5.7.0",
          "First encrypt and log in: STARTTLS, EHLO, AUTH, then {}. In a mail program, turn on STARTTLS and a password"
              + " for sending");
  public static final Reason NO_LOGIN_HERE =
      new Reason(
          "no-login-here",
          530,
          "5.7.0",
          "Mail is taken here only from those who log in, and this connection is not encrypted. Use a port with TLS");

  // ---- XCLIENT
  public static final Reason CLIENT_NOT_NAMED_BY_YOU =
      new Reason(
          "client-not-named-by-you",
          550,
          "5.7.0",
          "{} may not say who somebody else is. Ask the postmaster: smtp.xclient-from");
  public static final Reason CLIENT_NAMED_IN_MAIL =
      new Reason(
          "client-named-in-mail",
          503,
          "5.5.1",
          "Nobody becomes another client while a mail is being composed. Say RSET, then XCLIENT");

  private LoginReplies() {}
}
