package me.ehlo.smtp;

import me.ehlo.mail.EnhancedStatus;
import me.ehlo.mail.Reason;

/** Every reason this server can give, named by meaning. Their ids are stable; their sentences may improve. */
public final class Replies {
  private static final EnhancedStatus NONE = EnhancedStatus.NONE;

  // ---- going well
  public static final Reason GREETING = new Reason("greeting", 220, NONE, "{} ESMTP Ehlo {}; {}");
  public static final Reason EHLO = new Reason("ehlo", 250, NONE, "{} at your service, {}");
  public static final Reason HELO = new Reason("helo", 250, NONE, "{} at your service, {}");
  public static final Reason SENDER_OK = ok("sender-ok", "2.1.0", "<{}> Sender ok");
  public static final Reason RECIPIENT_OK = ok("recipient-ok", "2.1.5", "<{}> Recipient ok");
  public static final Reason RECIPIENT_WILL_QUEUE =
      ok("recipient-will-queue", "2.1.5", "<{}> Recipient ok; will queue");
  public static final Reason GO_AHEAD =
      new Reason(
          "go-ahead", 354, NONE, "Type the mail: header, empty line, text; end with <CRLF>.<CRLF>");
  public static final Reason CHUNK_OK = ok("chunk-ok", "2.0.0", "{} octets received");
  public static final Reason ACCEPTED = ok("accepted", "2.0.0", "Ok: queued as {}");
  public static final Reason ACCEPTED_BEFORE = // RFC 1047: its first 250 was lost on the way
      ok("accepted-before", "2.0.0", "Ok: queued as {}");
  public static final Reason RESET =
      ok("reset", "2.0.0", "Ok, forgotten; say MAIL FROM to begin a mail");
  public static final Reason NOOP = ok("noop", "2.0.0", "Ok");
  public static final Reason HELP = new Reason("help", 214, "2.0.0", "{}");
  public static final Reason CANNOT_VERIFY =
      new Reason(
          "cannot-verify",
          252,
          "2.5.0",
          "Users are not verified here; RCPT TO will say whether it takes mail");
  public static final Reason BYE = new Reason("bye", 221, "2.0.0", "{} closing connection");

  // ---- what cannot be understood (RFC 5321 §4.2.4, §4.3.2)
  public static final Reason UNKNOWN_COMMAND =
      bad("unknown-command", 500, "5.5.2", "Unknown command {}. {}");
  public static final Reason EMPTY_LINE =
      bad("empty-line", 500, "5.5.2", "That line was empty. Say a command; HELP lists them");
  public static final Reason LINE_TOO_LONG =
      bad("line-too-long", 500, "5.5.2", "A command line has at most {} octets");
  public static final Reason BARE_LINE_FEED =
      bad(
          "bare-line-feed",
          500,
          "5.5.2",
          "Your line ended in LF alone; a line ends in CR LF. With nc use -C, with a script send \\r\\n");
  public static final Reason CONTROL_CHARACTER =
      bad(
          "control-character",
          500,
          "5.5.2",
          "Your line contains a control character ({}). Type the line again");
  public static final Reason ARROW_KEY =
      bad(
          "arrow-key",
          500,
          "5.5.2",
          "Your line contains an arrow key: your terminal sent it instead of moving the cursor. Type the line again");
  public static final Reason NOT_UTF8 =
      bad(
          "not-utf8",
          500,
          "5.5.2",
          "Your line contains octets that are neither ASCII nor UTF-8. Type the line again");
  public static final Reason NOT_OFFERED =
      bad("not-offered", 502, "5.5.1", "{} is not offered here. EHLO lists what is");
  public static final Reason ANOTHER_PROTOCOL =
      bad(
          "another-protocol",
          554,
          "5.5.0",
          "This is a mail server (SMTP), and {} is not its language. Goodbye");
  public static final Reason TOO_EARLY =
      bad("too-early", 554, "5.5.0", "You talked before it was your turn: wait for {}. Goodbye");

  // ---- arguments (RFC 5321 §4.1.2)
  public static final Reason BAD_ARGUMENT = bad("bad-argument", 501, "5.5.4", "{}");
  public static final Reason BAD_SENDER =
      bad(
          "bad-sender",
          501,
          "5.1.7",
          "That is no sender's address: {}. Write MAIL FROM:<you@example.org>");
  public static final Reason BAD_RECIPIENT =
      bad(
          "bad-recipient",
          501,
          "5.1.3",
          "That is no recipient's address: {}. Write RCPT TO:<somebody@example.org>");
  public static final Reason BAD_CHUNK_SIZE =
      bad(
          "bad-chunk-size",
          501,
          "5.5.4",
          "BDAT needs a number of octets, then perhaps LAST. What follows cannot be told from commands, so goodbye");
  public static final Reason UNKNOWN_PARAMETER =
      bad(
          "unknown-parameter",
          555,
          "5.5.4",
          "The parameter {} is not known here. EHLO lists what is");
  public static final Reason BAD_PARAMETER =
      bad("bad-parameter", 501, "5.5.4", "The parameter {} has a value that it cannot have");
  public static final Reason REPEATED_PARAMETER =
      bad("repeated-parameter", 501, "5.5.4", "The parameter {} stands there twice");
  public static final Reason NEEDS_EHLO =
      bad(
          "needs-ehlo",
          555,
          "5.5.4",
          "Parameters need EHLO, and you said HELO. Say EHLO your.host.name, then MAIL FROM again");
  public static final Reason NEEDS_SMTPUTF8 =
      bad(
          "needs-smtputf8",
          553,
          "5.6.7",
          "That address is not ASCII. Say SMTPUTF8 behind it in MAIL FROM, after EHLO");

  // ---- order (RFC 5321 §4.1.4)
  public static final Reason EHLO_FIRST =
      bad("ehlo-first", 503, "5.5.1", "First say who you are: EHLO your.host.name, then {}");
  public static final Reason MAIL_FIRST =
      bad(
          "mail-first",
          503,
          "5.5.1",
          "First MAIL FROM:<you@example.org>, then {}. Every mail begins with MAIL FROM");
  public static final Reason RCPT_FIRST =
      bad(
          "rcpt-first",
          503,
          "5.5.1",
          "No recipient has been accepted. First RCPT TO:<somebody@example.org>, then {}");
  public static final Reason NESTED_MAIL =
      bad(
          "nested-mail",
          503,
          "5.5.1",
          "A sender is already set. Go on with RCPT TO, or say RSET to start over");
  public static final Reason IN_CHUNKS =
      bad(
          "in-chunks",
          503,
          "5.5.1",
          "The mail is being sent by BDAT. Go on with BDAT, or say RSET to start over");

  // ---- ETRN (RFC 1985 §5.3)
  public static final Reason NOTHING_WAITS =
      new Reason("nothing-waits", 251, "2.0.0", "Ok, no messages waiting for node {}");
  public static final Reason QUEUE_STARTED =
      new Reason("queue-started", 253, "2.0.0", "Ok, {} pending messages for node {} started");
  public static final Reason QUEUE_UNREACHABLE =
      new Reason(
          "queue-unreachable",
          458,
          "4.3.0",
          "Unable to queue messages for node {}. Try again later");
  public static final Reason NO_NAMED_QUEUES =
      new Reason(
          "no-named-queues",
          458,
          "4.3.5",
          "Unable to queue messages for node {}: queues have no names here. Write ETRN example.org");
  public static final Reason QUEUE_NOT_FOR_YOU =
      new Reason(
          "queue-not-for-you",
          459,
          "4.7.1",
          "Node {} not allowed: the queue is not started for {}. Ask the postmaster");

  // ---- recipients and policy
  public static final Reason UNKNOWN_USER =
      bad("unknown-user", 550, "5.1.1", "<{}>: There is no such user here. Check the spelling");
  public static final Reason RELAYING_DENIED =
      bad(
          "relaying-denied",
          550,
          "5.7.1",
          "<{}>: Relaying denied: {} is not one of the domains served here. {}");
  public static final Reason SENDER_NOT_OURS =
      bad(
          "sender-not-ours",
          550,
          "5.7.1",
          "Relaying denied from <{}>: who relays here writes MAIL FROM an address of a domain served here. Say RSET,"
              + " then MAIL FROM with your own");
  public static final Reason SENDER_DOMAIN_MISSING =
      bad(
          "sender-domain-missing",
          501,
          "5.1.8",
          "<{}>: Sender domain must exist, and {} has neither MX nor address in the DNS. Check the spelling");
  // RFC 7505 §4.2
  public static final Reason SENDER_DOMAIN_NULL_MX =
      bad(
          "sender-domain-null-mx",
          550,
          "5.7.27",
          "<{}>: {} says in the DNS that it takes no mail (null MX), so no answer could reach the sender");
  public static final Reason SENDER_DOMAIN_TROUBLE =
      new Reason(
          "sender-domain-trouble",
          451,
          "4.4.3",
          "<{}>: The DNS cannot tell just now whether {} exists. Try again later");
  public static final Reason MAILDROP_FULL =
      new Reason("maildrop-full", 452, "4.2.2", "<{}>: The maildrop is full. Try again later");
  public static final Reason ALIAS_LOOP =
      bad(
          "alias-loop",
          550,
          "5.4.6",
          "<{}>: This alias leads back to itself. The postmaster must mend it");
  public static final Reason TOO_MANY_RECIPIENTS =
      // RFC 5321 §4.5.3.1.10: 452, so that the client may send the rest later
      new Reason(
          "too-many-recipients",
          452,
          "4.5.3",
          "A mail has at most {} recipients here. Send this one, then another");
  public static final Reason NOT_EXPANDED =
      bad("not-expanded", 502, "5.5.1", "Lists are not shown here");

  // ---- the mail itself
  public static final Reason TOO_BIG =
      bad("too-big", 552, "5.3.4", "The mail is too big: at most {} octets are taken");
  public static final Reason BARE_CR =
      bad(
          "bare-cr-in-content",
          550,
          "5.5.2",
          "The mail contains a CR without LF. Lines end in CR LF; nothing was kept");
  public static final Reason BARE_LF =
      bad(
          "bare-lf-in-content",
          550,
          "5.5.2",
          "The mail contains an LF without CR (nc without -C does that). Lines end in CR LF; nothing was kept");
  public static final Reason NUL =
      bad(
          "nul-in-content",
          550,
          "5.5.2",
          "The mail contains a NUL octet. Encode such content (MIME base64); nothing was kept");
  public static final Reason LOOP =
      bad(
          "mail-loop",
          554,
          "5.4.6",
          "The mail has come through {} servers and seems to go in circles");

  public static final Reason CAME_BACK =
      bad(
          "mail-came-back",
          554,
          "5.4.6",
          "<{}>: The mail was here before: where this address leads leads back to it. The postmaster must mend it");

  // ---- our own trouble, and patience
  public static final Reason STORE_FULL =
      new Reason(
          "store-full",
          452,
          "4.3.1",
          "There is no room for the mail now. Nothing was kept; try again later");
  public static final Reason STORE_TROUBLE =
      new Reason(
          "store-trouble",
          451,
          "4.3.0",
          "The mail could not be stored. Nothing was kept; try again later");
  public static final Reason LOOKUP_TROUBLE =
      new Reason(
          "lookup-trouble", 451, "4.3.0", "The list of users cannot be read now. Try again later");
  public static final Reason STOPPING =
      new Reason(
          "stopping",
          421,
          "4.3.2",
          "{} is shutting down; nothing of yours was lost. Try again in a moment");
  public static final Reason IDLE =
      new Reason(
          "idle-too-long", 421, "4.4.2", "{} waited too long for you. Come back when you like");
  public static final Reason TOO_MANY_ERRORS =
      new Reason(
          "too-many-errors", 421, "4.7.0", "{}: too many errors in one conversation. Goodbye");
  public static final Reason TOO_MANY_CONNECTIONS =
      new Reason(
          "too-many-connections", 421, "4.7.0", "{} has too many connections now. Try again later");
  public static final Reason OUR_FAULT =
      new Reason(
          "our-fault",
          421,
          "4.3.0",
          "{} made a mistake and ends this conversation. Nothing was kept; try again later");

  private Replies() {}

  private static Reason ok(String id, String status, String sentence) {
    return new Reason(id, 250, status, sentence);
  }

  private static Reason bad(String id, int code, String status, String sentence) {
    return new Reason(id, code, status, sentence);
  }
}
