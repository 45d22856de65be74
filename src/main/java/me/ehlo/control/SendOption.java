package me.ehlo.control;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An option of {@code ehlo send}.
 *
 * @param group the heading under which it is explained
 * @param often whether it is one of the few that most people need
 * @param names the one by which it goes first, then its other spellings
 * @param label of its value
 * @param description empty: swaks has it, and nobody need be told
 */
record SendOption(
    String group,
    boolean often,
    List<String> names,
    Value value,
    String label,
    String description) {

  /** Whether a value stands behind it. */
  enum Value {
    NONE,
    ONE,
    PERHAPS
  }

  /** What swaks has and we have not, and what to do instead. */
  static final Map<String, String> INSTEAD =
      Map.of(
          "--pipe",
          "let the program listen at a socket, and give --socket PATH",
          "--prdr",
          "an answer for each recipient is LMTP's: give --lmtp",
          "--tls-protocol",
          "TLS 1.3 is spoken, or 1.2 where the server has no better, and nothing older (RFC 8996)",
          "--dump",
          "to see all without sending a mail, give --quit-after rcpt; --show-data shows the mail");

  /** In groups, the most used groups first. */
  static final List<SendOption> ALL =
      Stream.of(
              in(
                  "The mail",
                  one("ADDRESS", "To whom; several with commas between.", "--to", "-t", "-to")
                      .common(),
                  one("ADDRESS", "To whom too, and in the header's Cc.", "--cc"),
                  one("ADDRESS", "To whom too, and in no header.", "--bcc"),
                  one(
                          "ADDRESS",
                          "From whom; <> is nobody. Else you at this host.",
                          "--from",
                          "-f",
                          "-from")
                      .common(),
                  one("'NAME: VALUE'", "A header instead of ours; also --h-Name value.", "--header")
                      .common(),
                  one(
                      "'NAME: VALUE'",
                      "A header beside those there are.",
                      "--add-header",
                      "-ah",
                      "--ah"),
                  one("TEXT|@FILE|-", "The text.", "--body").common(),
                  one("FILE|-", "Attach it.", "--attach").common(),
                  one("TYPE", "What the attachments behind it are: image/png.", "--attach-type"),
                  one("NAME", "What the next attachment is called.", "--attach-name"),
                  one("TEXT|@FILE|-", "The whole mail, with swaks' tokens.", "--data", "-d"),
                  none("", "-g")),
              in(
                  "Whom to call",
                  one(
                          "HOST[:PORT]",
                          "The server; else the MX of each recipient's domain.",
                          "--server",
                          "-s",
                          "-server")
                      .common(),
                  one(
                      "PORT",
                      "Its port; else 25, 465 with TLS on connect, 24 with LMTP.",
                      "--port",
                      "-p"),
                  one("DOMAIN", "The MX of this domain instead.", "--mx", "--copy-routing")
                      .common(),
                  one("PATH", "A socket of this machine, such as Dovecot's for LMTP.", "--socket"),
                  none("Try the next MX after any temporary failure.", "--all-mx"),
                  none("Only IPv4.", "-4"),
                  none("Only IPv6.", "-6"),
                  one(
                      "ADDRESS",
                      "Our own end of the connection.",
                      "--local-interface",
                      "-li",
                      "--li"),
                  one("TIME", "Patience for each answer: 30, 30s, 5m.", "--timeout")),
              in(
                  "How to talk",
                  one("WORD", "SMTP, ESMTP, ESMTPS, ESMTPA, SSMTP, LMTP and so on.", "--protocol"),
                  none("Short for --protocol LMTP.", "--lmtp"),
                  one("NAME", "Our name; else this host's.", "--ehlo", "--helo", "--lhlo"),
                  none("Commands in groups, where it is offered.", "--pipeline"),
                  none("BDAT instead of DATA, where it is offered.", "--chunking"),
                  none("Demand SMTPUTF8.", "--smtputf8"),
                  none("Say BODY=8BITMIME.", "--8bitmime")),
              in(
                  "Where to stop",
                  one(
                          "POINT",
                          "Stop behind connect, first-helo, tls, helo, xclient, auth, mail, rcpt, data or dot.",
                          "--quit-after",
                          "--quit",
                          "-q")
                      .common(),
                  one(
                      "POINT",
                      "Hang up there without QUIT.",
                      "--drop-after",
                      "--drop",
                      "--da",
                      "-da"),
                  one(
                      "POINT",
                      "Hang up there before the answer is heard.",
                      "--drop-after-send",
                      "--das",
                      "-das")),
              in(
                  "TLS",
                  maybe(
                          "HOW",
                          "Require TLS; =verify, =optional, =connect, =never.",
                          "--tls",
                          "-tls")
                      .common(),
                  none("TLS where it is offered.", "--tls-optional", "-tlso", "--tlso"),
                  none("", "--tls-optional-strict", "-tlsos"),
                  none("TLS from the first octet.", "--tls-on-connect", "--tlsc", "-tlsc"),
                  none("Go on only with a good certificate.", "--tls-verify"),
                  one(
                      "FILE",
                      "Whom to trust, instead of this machine's list.",
                      "--ca",
                      "--tls-ca-path"),
                  one("FILE", "A certificate of our own.", "--tls-cert"),
                  one("FILE", "Its key, if it stands in another file.", "--tls-key"),
                  one("NAME", "The name to ask for, and to look for.", "--tls-sni"),
                  none("Demand TLS on the whole way (RFC 8689).", "--requiretls")),
              in(
                  "Login",
                  maybe(
                      "MECHS|USER", "Log in, by these mechanisms or as this user.", "--auth", "-a"),
                  maybe(
                      "MECHS",
                      "Log in where it is offered.",
                      "--auth-optional",
                      "-ao",
                      "--ao",
                      "--auth-optional-strict",
                      "-aos",
                      "--aos"),
                  one(
                          "NAME",
                          "As whom; else as ~/.netrc says, or you are asked.",
                          "--auth-user",
                          "-au",
                          "--au")
                      .common(),
                  one("FILE", "Its first line is the password.", "--auth-password-file"),
                  one("NAME", "The password is in this variable.", "--auth-password-env"),
                  maybe("", "", "--auth-password", "-ap", "--ap"),
                  maybe("", "", "--auth-hide-password", "-ahp", "--ahp"),
                  none("", "--auth-plaintext", "-apt", "--apt"),
                  none("Send the password even where others may read it.", "--trust-once")),
              in(
                  "Reports (RFC 3461)",
                  one(
                      "WHEN",
                      "NEVER, or some of SUCCESS,FAILURE,DELAY.",
                      "--notify",
                      "--dsn-notify"),
                  one("WHAT", "FULL or HDRS: what a report brings back.", "--ret", "--dsn-ret"),
                  one("ID", "What reports call this mail.", "--envid", "--dsn-envid"),
                  one("ADDRESS", "Whom the mail was for at first.", "--orcpt", "--dsn-orcpt")),
              in(
                  "On whose behalf",
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
                  one("", "", "--proxy-dest-port")),
              in(
                  "What is shown",
                  none("Say only what goes wrong.", "--quiet"),
                  maybe(
                      "1|2|3", "Until something goes wrong; only that; nothing.", "--silent", "-S"),
                  none("Hide what is sent.", "--hide-send", "-hs", "--hs"),
                  none("Hide what is received.", "--hide-receive", "-hr", "--hr"),
                  none("Hide what is said beside it.", "--hide-informational", "-hi", "--hi"),
                  none("Hide all but what goes wrong.", "--hide-all", "-ha", "--ha"),
                  none("Show nothing of the mail.", "--suppress-data", "-n"),
                  none("Show all of the mail.", "--show-data"),
                  none("Explain refusals in a pipe too.", "--explain"),
                  none("Never explain.", "--no-explain", "--plain"),
                  none("How it went as one JSON document.", "--json").common(),
                  one("FILE", "Keep the conversation, without secrets.", "--transcript").common(),
                  none("Never ask anything.", "--no-input")),
              in(
                  "Instead of a mail",
                  one(
                          "FILE",
                          "Play this conversation script, or those in this folder, instead.",
                          "--script")
                      .common(),
                  one(
                          "FILE",
                          "Say again what this transcript holds (.txt, .json), and compare.",
                          "--replay")
                      .common(),
                  one("WHAT", "With --script and --replay: codes, status or words.", "--compare")))
          .flatMap(List::stream)
          .toList();

  private static List<SendOption> in(String group, SendOption... options) {
    return Arrays.stream(options).map(option -> option.in(group)).toList();
  }

  private static SendOption none(String description, String... names) {
    return new SendOption("", false, List.of(names), Value.NONE, "", description);
  }

  private static SendOption one(String label, String description, String... names) {
    return new SendOption("", false, List.of(names), Value.ONE, label, description);
  }

  private static SendOption maybe(String label, String description, String... names) {
    return new SendOption("", false, List.of(names), Value.PERHAPS, label, description);
  }

  private SendOption in(String other) {
    return new SendOption(other, often, names, value, label, description);
  }

  /** The same, as one that most people need. */
  private SendOption common() {
    return new SendOption(group, true, names, value, label, description);
  }
}
