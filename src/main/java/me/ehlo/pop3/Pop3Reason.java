package me.ehlo.pop3;

import static me.ehlo.pop3.ResponseCode.AUTH;
import static me.ehlo.pop3.ResponseCode.IN_USE;
import static me.ehlo.pop3.ResponseCode.SYS_PERM;
import static me.ehlo.pop3.ResponseCode.SYS_TEMP;

import me.ehlo.mail.EnhancedStatus;
import me.ehlo.mail.Reason;

/**
 * Everything POP3 can answer, named by meaning: the reason that SMTP's answers have too, without a number, and a
 * response code.
 *
 * <p>POP3 has no reply codes; the reason's is 0. Its enhanced status never goes on the wire, but says in the log and in
 * {@code ehlo explain} what kind of answer it was.
 */
@SuppressWarnings("ImmutableEnumChecker") // a Reason is a record of values
public enum Pop3Reason {
  // The greeting and the login
  GREETING("pop3-greeting", "2.0.0", "{} POP3 Ehlo {}"),
  USER_NOTED("pop3-user-noted", "2.0.0", "Now your password: PASS password"),
  LOGGED_IN("pop3-logged-in", "2.7.0", "Welcome: {}"),
  LOGIN_FAILED(
      "pop3-login-failed",
      "5.7.8",
      AUTH,
      "User name or password is wrong. Begin again with USER and your address"),
  LOGIN_REVOKED(
      "pop3-login-revoked",
      "5.7.0",
      AUTH,
      "The password that you logged in with was changed or revoked. Nothing was deleted; connect"
          + " again with the present one"),
  LOGIN_BLOCKED(
      "pop3-login-blocked",
      "4.7.0",
      SYS_TEMP,
      "Too many wrong passwords have come from you or for this user. Try again later"),
  LOGIN_BUSY(
      "pop3-login-busy",
      "4.7.0",
      SYS_TEMP,
      "Too many people are logging in at once. Try again in a moment, beginning with USER"),
  CLEARTEXT_REFUSED(
      "pop3-cleartext-refused",
      "5.7.11",
      AUTH,
      "Passwords are not taken over an unencrypted connection: anybody on the way could read"
          + " them. {}"),
  MAILDROP_IN_USE(
      "pop3-in-use",
      "4.2.1",
      IN_USE,
      "Another program is reading this maildrop. Try again when it has finished, beginning with"
          + " USER"),

  // Mechanisms (RFC 5034) and encryption (RFC 2595)
  CHALLENGE("pop3-challenge", "2.0.0", "{}"),
  MECHANISMS("pop3-mechanisms", "2.0.0", "Mechanisms you can log in with:"),
  NO_MECHANISM("pop3-no-mechanism", "5.5.4", AUTH, "This mechanism is not offered. These are: {}"),
  AUTH_FORM(
      "pop3-auth-form", "5.5.4", "AUTH takes a mechanism and at most one word more: AUTH PLAIN"),
  AUTH_CANCELLED("pop3-auth-cancelled", "5.7.0", "The login is cancelled, as you wish"),
  AUTH_NOT_BASE64(
      "pop3-auth-not-base64",
      "5.5.2",
      "This is not Base64, or not of UTF-8. Begin again with AUTH"),
  AUTH_MALFORMED(
      "pop3-auth-malformed",
      "5.5.2",
      "This is no message of this mechanism. Begin again with AUTH"),
  STLS_READY("pop3-stls", "2.0.0", "Ready to start TLS"),
  STLS_NOT_HERE("pop3-stls-not-here", "5.5.1", "This server has no TLS here"),
  STLS_TWICE("pop3-stls-twice", "5.5.1", "This connection is encrypted already"),
  STLS_AFTER_LOGIN("pop3-stls-after-login", "5.5.1", "STLS must come before the login (RFC 2595)"),
  STLS_NOT_ALONE(
      "pop3-stls-not-alone",
      "5.5.1",
      "You said more behind STLS without waiting: anybody on the way could have said it"),

  // The order of commands
  LOGIN_FIRST("pop3-login-first", "5.5.1", "First log in: USER name, then PASS password"),
  PASS_FIRST("pop3-pass-first", "5.5.1", "First your password: PASS password"),
  USER_FIRST("pop3-user-first", "5.5.1", "First say who you are: USER name, then PASS"),
  ALREADY_LOGGED_IN(
      "pop3-already-logged-in",
      "5.5.1",
      "You are logged in already. To be somebody else, QUIT and connect again"),
  UTF8_BEFORE_LOGIN("pop3-utf8-before-login", "5.5.1", "UTF8 must come before USER (RFC 6856)"),
  OVER("pop3-over", "5.5.1", "This conversation has ended"),

  // The maildrop
  STATUS("pop3-status", "2.0.0", "{} {}"),
  LISTING("pop3-listing", "2.0.0", "{}"),
  LIST_ONE("pop3-list-one", "2.0.0", "{} {}"),
  MAIL("pop3-mail", "2.0.0", "{} octets"),
  TOP_OF_MAIL("pop3-top-of-mail", "2.0.0", "The header and {} lines"),
  UIDS("pop3-uids", "2.0.0", "{} unique-ids"),
  MARKED("pop3-marked", "2.0.0", "Message {} will be deleted at QUIT"),
  UNMARKED("pop3-unmarked", "2.0.0", "Nothing is marked as deleted: {}"),
  NOTHING_DONE("pop3-noop", "2.0.0", "Still here"),
  NO_SUCH_MESSAGE("pop3-no-such-message", "5.5.4", "There is no message {}: {}"),
  MESSAGE_DELETED(
      "pop3-message-deleted",
      "5.5.4",
      "Message {} is marked as deleted. RSET takes the marks away again"),
  STORE_TROUBLE(
      "pop3-store-trouble",
      "4.3.0",
      SYS_TEMP,
      "The store cannot be read at the moment. Try again later; nothing is lost"),
  MAIL_DAMAGED(
      "pop3-mail-damaged",
      "5.3.0",
      SYS_PERM,
      "This message is damaged in the store. Only the administrator can help"),

  // The end
  BYE("pop3-bye", "2.0.0", "{} closing connection"),
  UPDATED("pop3-updated", "2.0.0", "{} closing connection: {} deleted, {} left"),
  NOT_DELETED(
      "pop3-not-deleted",
      "4.3.0",
      SYS_TEMP,
      "The store cannot be written at the moment. None of the {} marked messages was deleted"),
  STOPPING("pop3-stopping", "4.3.2", SYS_TEMP, "The server is stopping. Nothing was deleted"),
  TOO_MANY_CONNECTIONS(
      "pop3-too-many-connections",
      "4.7.0",
      SYS_TEMP,
      "Too many connections. Try again in a moment"),
  TOO_MANY_FROM_ADDRESS(
      "pop3-too-many-from-address",
      "4.7.0",
      SYS_TEMP,
      "There are {} connections with {} already, and that is the most. End some of them, or try again later"),
  TOO_MANY_FROM_NETWORK(
      "pop3-too-many-from-network",
      "4.7.0",
      SYS_TEMP,
      "There are {} connections with the network {} already, and that is the most. Try again later"),
  CONNECTS_TOO_OFTEN(
      "pop3-connects-too-often",
      "4.7.0",
      SYS_TEMP,
      "At most {} connections a minute are taken from {}, and those were more. Try again in a minute"),
  FAILED(
      "pop3-failed", "4.3.0", SYS_TEMP, "We made a mistake and must end here. Nothing was deleted"),
  TOO_MANY_LOGINS(
      "pop3-too-many-logins",
      "4.7.0",
      AUTH,
      "User name or password is wrong, too often. Connect again"),
  TOO_MANY_MISTAKES("pop3-too-many-mistakes", "4.7.0", "Too many mistakes in a row. Connect again"),
  TOO_MANY_IDLE_COMMANDS(
      "pop3-too-many-idle-commands",
      "4.7.0",
      "{} commands without a login are enough. Connect again to log in"),

  HANDSHAKE_FAILED("pop3-handshake-failed", "4.7.0", "No TLS handshake: {}"),

  // What programs and people ask
  CAPABILITIES("pop3-capabilities", "2.0.0", "What this server can do:"),
  HELP("pop3-help", "2.0.0", "What you can say now:"),
  HELP_ABOUT("pop3-help-about", "2.0.0", "{}:"),
  UTF8_NOTED("pop3-utf8", "2.0.0", "UTF-8 it is, from here on"),

  // What cannot be read
  WANTS_NUMBER(
      "pop3-wants-number",
      "5.5.4",
      "{} wants the number of a message: {} 1. LIST shows the numbers"),
  NOT_A_NUMBER(
      "pop3-not-a-number",
      "5.5.4",
      "This is not the number of a message: write {}. LIST alone shows the numbers"),
  NUMBERS_FROM_ONE(
      "pop3-numbers-from-one", "5.5.4", "Messages are numbered from 1. LIST shows the numbers"),
  WANTS_TWO_NUMBERS(
      "pop3-wants-two-numbers",
      "5.5.4",
      "TOP wants two numbers: the message and how many lines of its text: TOP 1 10"),
  ONE_NUMBER("pop3-one-number", "5.5.4", "{} takes one number: {} 1"),
  STANDS_ALONE("pop3-stands-alone", "5.5.4", "{} stands alone on its line"),
  WANTS_NAME("pop3-wants-name", "5.5.4", "USER wants your name: USER ann@example.net"),
  ONE_NAME("pop3-one-name", "5.5.4", "USER takes one name; the password follows with PASS"),
  WANTS_PASSWORD(
      "pop3-wants-password", "5.5.4", "PASS wants your password behind a space, on the same line"),
  NO_HELP("pop3-no-help", "5.5.4", "There is no such command. HELP lists them all"),
  DID_YOU_MEAN("pop3-did-you-mean", "5.5.2", "There is no such command. Did you mean {}?"),
  NO_COMMAND("pop3-no-command", "5.5.2", "This is not a command. HELP lists them all"),
  EMPTY_LINE("pop3-empty-line", "5.5.2", "Nothing stands on this line. Try HELP"),
  SMTP_COMMAND(
      "pop3-smtp-command",
      "5.5.1",
      "{} is a command of SMTP, and this is POP3: mail is read here. Mail is sent on {}"),
  ANOTHER_PROTOCOL(
      "pop3-another-protocol",
      "5.5.1",
      "This is a mail server (POP3), and {} is not its language. Goodbye"),
  NOT_OFFERED("pop3-not-offered", "5.5.1", "{} is not offered: {}"),
  LINE_TOO_LONG(
      "pop3-line-too-long", "5.5.2", "A command line has at most {} octets. Yours was ignored"),
  BARE_LINE_FEED(
      "pop3-bare-lf",
      "5.5.2",
      "Your line ended in LF without CR. With nc, use nc -C; programs must send CRLF"),
  CONTROL_CHARACTER(
      "pop3-control-character",
      "5.5.2",
      "Your line contains a control character ({}). Type the line again"),
  ARROW_KEY(
      "pop3-arrow-key",
      "5.5.2",
      "Your line contains an arrow key: your terminal sent it instead of moving the cursor."
          + " Type the line again"),
  NOT_UTF8("pop3-not-utf8", "5.5.2", "Your line is not UTF-8");

  private static final int NO_REPLY_CODE = 0;

  private final Reason reason;
  private final ResponseCode code;

  Pop3Reason(String id, String status, ResponseCode code, String sentence) {
    this.reason = new Reason(id, NO_REPLY_CODE, EnhancedStatus.of(status), sentence);
    this.code = code;
  }

  Pop3Reason(String id, String status, String sentence) {
    this(id, status, ResponseCode.NONE, sentence);
  }

  /** The decision, as the log and the story of a mail know it. */
  public Reason reason() {
    return reason;
  }

  /** What a program can understand of it. */
  public ResponseCode code() {
    return code;
  }

  /** The response this gives, its sentence filled in. */
  public Response say(Object... values) {
    return new Response(this, reason.say(values));
  }
}
