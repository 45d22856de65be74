package me.ehlo.control;

import java.util.List;

/**
 * An option of {@code ehlo send}.
 *
 * @param names the one by which it goes first, then its other spellings
 * @param label of its value
 * @param description empty: swaks has it, and nobody need be told
 */
record SendOption(List<String> names, Value value, String label, String description) {

  /** Whether a value stands behind it. */
  enum Value {
    NONE,
    ONE,
    PERHAPS
  }

  static final List<SendOption> ALL =
      List.of(
          one("ADDRESS", "To whom; several with commas between.", "--to", "-t"),
          one("ADDRESS", "To whom too, and in the header's Cc.", "--cc"),
          one("ADDRESS", "To whom too, and in no header.", "--bcc"),
          one("ADDRESS", "From whom; <> is nobody. Else you at this host.", "--from", "-f"),
          one(
              "HOST[:PORT]",
              "The server; else the MX of each recipient's domain.",
              "--server",
              "-s"),
          one("PORT", "Its port; else 25, 465 with TLS on connect, 24 with LMTP.", "--port", "-p"),
          one("DOMAIN", "The MX of this domain instead.", "--mx", "--copy-routing"),
          one("PATH", "A socket of this machine, such as Dovecot's for LMTP.", "--socket"),
          none("Try the next MX after any temporary failure.", "--all-mx"),
          none("Only IPv4.", "-4"),
          none("Only IPv6.", "-6"),
          one("ADDRESS", "Our own end of the connection.", "--local-interface", "-li"),
          one("WORD", "SMTP, ESMTP, ESMTPS, ESMTPA, SSMTP, LMTP and so on.", "--protocol"),
          none("Short for --protocol LMTP.", "--lmtp"),
          one("NAME", "Our name; else this host's.", "--ehlo", "--helo", "--lhlo"),
          one(
              "POINT",
              "Stop behind connect, first-helo, tls, helo, xclient, auth, mail, rcpt, data or dot.",
              "--quit-after",
              "--quit",
              "-q"),
          one("POINT", "Hang up there without QUIT.", "--drop-after", "--drop", "--da", "-da"),
          one(
              "POINT",
              "Hang up there before the answer is heard.",
              "--drop-after-send",
              "--das",
              "-das"),
          one("TIME", "Patience for each answer: 30, 30s, 5m.", "--timeout"),
          one("'NAME: VALUE'", "A header instead of ours; also --h-Name value.", "--header"),
          one("'NAME: VALUE'", "A header beside those there are.", "--add-header", "-ah"),
          one("TEXT|@FILE|-", "The text.", "--body"),
          one("FILE|-", "Attach it.", "--attach"),
          one("TYPE", "What the attachments behind it are: image/png.", "--attach-type"),
          one("NAME", "What the next attachment is called.", "--attach-name"),
          one("TEXT|@FILE|-", "The whole mail, with swaks' tokens.", "--data", "-d"),
          maybe("HOW", "Require TLS; =verify, =optional, =connect, =never.", "--tls", "-tls"),
          none("TLS where it is offered.", "--tls-optional", "-tlso"),
          none("", "--tls-optional-strict", "-tlsos"),
          none("TLS from the first octet.", "--tls-on-connect", "--tlsc", "-tlsc"),
          none("Go on only with a good certificate.", "--tls-verify"),
          one("FILE", "Whom to trust, instead of this machine's list.", "--ca", "--tls-ca-path"),
          one("FILE", "A certificate of our own.", "--tls-cert"),
          one("FILE", "Its key, if it stands in another file.", "--tls-key"),
          one("NAME", "The name to ask for, and to look for.", "--tls-sni"),
          maybe("MECHS|USER", "Log in, by these mechanisms or as this user.", "--auth", "-a"),
          maybe("MECHS", "Log in where it is offered.", "--auth-optional", "-ao"),
          one("NAME", "As whom; else as ~/.netrc says, or you are asked.", "--auth-user", "-au"),
          one("FILE", "Its first line is the password.", "--auth-password-file"),
          one("NAME", "The password is in this variable.", "--auth-password-env"),
          maybe("", "", "--auth-password", "-ap"),
          none("Send the password even where others may read it.", "--trust-once"),
          none("Commands in groups, where it is offered.", "--pipeline"),
          none("BDAT instead of DATA, where it is offered.", "--chunking"),
          none("Demand SMTPUTF8.", "--smtputf8"),
          none("Say BODY=8BITMIME.", "--8bitmime"),
          none("Demand TLS on the whole way (RFC 8689).", "--requiretls"),
          one("WHEN", "NEVER, or some of SUCCESS,FAILURE,DELAY.", "--notify", "--dsn-notify"),
          one("WHAT", "FULL or HDRS: what a report brings back.", "--ret", "--dsn-ret"),
          one("ID", "What reports call this mail.", "--envid", "--dsn-envid"),
          one("ADDRESS", "Whom the mail was for at first.", "--orcpt", "--dsn-orcpt"),
          one("NAME=VALUE", "On whose behalf (XCLIENT); also --xclient-addr.", "--xclient"),
          one("", "", "--xclient-addr"),
          one("", "", "--xclient-name"),
          one("", "", "--xclient-port"),
          one("", "", "--xclient-proto"),
          one("", "", "--xclient-destaddr"),
          one("", "", "--xclient-destport"),
          one("", "", "--xclient-helo"),
          one("", "", "--xclient-login"),
          one("", "", "--xclient-reverse-name"),
          one("NAME=VALUE", "The same for the log (XFORWARD).", "--xforward"),
          maybe("v1|v2", "Begin as a proxy does.", "--proxy"),
          one("", "", "--proxy-version"),
          one("ADDRESS", "For whom; -port too.", "--proxy-source"),
          one("", "", "--proxy-source-port"),
          one("ADDRESS", "Whom the client called; -port too.", "--proxy-dest"),
          one("", "", "--proxy-dest-port"),
          none("Never ask anything.", "--no-input"),
          none("Say only what goes wrong.", "--quiet"),
          maybe("1|2|3", "Until something goes wrong; only that; nothing.", "--silent", "-S"),
          none("Hide what is sent.", "--hide-send", "-hs"),
          none("Hide what is received.", "--hide-receive", "-hr"),
          none("Hide what is said beside it.", "--hide-informational", "-hi"),
          none("Hide all but what goes wrong.", "--hide-all", "-ha"),
          none("Show nothing of the mail.", "--suppress-data", "-n"),
          none("Show all of the mail.", "--show-data"),
          none("Explain refusals in a pipe too.", "--explain"),
          none("Never explain.", "--no-explain", "--plain"),
          none("How it went as one JSON document.", "--json"),
          one("FILE", "Keep the conversation, without secrets.", "--transcript"),
          one(
              "FILE",
              "Play this conversation script, or those in this folder, instead.",
              "--script"),
          one(
              "FILE",
              "Say again what this transcript holds (.txt, .json), and compare.",
              "--replay"),
          one("WHAT", "With --script and --replay: codes, status or words.", "--compare"));

  private static SendOption none(String description, String... names) {
    return new SendOption(List.of(names), Value.NONE, "", description);
  }

  private static SendOption one(String label, String description, String... names) {
    return new SendOption(List.of(names), Value.ONE, label, description);
  }

  private static SendOption maybe(String label, String description, String... names) {
    return new SendOption(List.of(names), Value.PERHAPS, label, description);
  }
}
