package me.ehlo.smtp.server;

import java.util.List;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.Reply;

/** What HELP says (RFC 5321 §4.1.1.8): what is possible now, and how each command is written. */
final class HelpTexts {
  private HelpTexts() {}

  static Reply about(String topic, State state) {
    return new Reply(Replies.HELP, topic.isEmpty() ? overview(state) : explain(topic));
  }

  private static List<String> overview(State state) {
    return List.of(
        "Commands: EHLO HELO MAIL RCPT DATA BDAT RSET NOOP QUIT VRFY EXPN ETRN STARTTLS AUTH HELP",
        "HELP RCPT explains RCPT. A mail is EHLO, MAIL FROM, RCPT TO, DATA, the text, a dot",
        now(state));
  }

  private static String now(State state) {
    return switch (state) {
      case State.Connected _ -> "Now say EHLO your.host.name";
      case State.LoggingIn _ -> "Now answer the challenge, or say *";
      case State.Greeted _ -> "Now say MAIL FROM:<you@example.org>";
      case State.InTransaction(_, var tx) when tx.recipients().isEmpty() ->
          "Now say RCPT TO:<somebody@example.org>";
      case State.InTransaction _ -> "Now say RCPT TO again for one more recipient, or DATA";
      case State.BetweenChunks _, State.Receiving _ -> "Now say BDAT with the next chunk";
    };
  }

  private static List<String> explain(String topic) {
    return switch (topic) {
      case "EHLO" ->
          List.of("EHLO your.host.name", "Says who you are, and asks what this server can do");
      case "HELO" ->
          List.of("HELO your.host.name", "The old greeting, without extensions; EHLO is better");
      case "MAIL", "MAIL FROM" ->
          List.of(
              "MAIL FROM:<you@example.org> [SIZE=octets] [BODY=7BIT|8BITMIME] [SMTPUTF8] [RET=FULL|HDRS] [ENVID=name]",
              "Begins a mail and says where reports about it go; <> for nowhere");
      case "RCPT", "RCPT TO" ->
          List.of(
              "RCPT TO:<somebody@example.org> [NOTIFY=NEVER|SUCCESS,FAILURE,DELAY] [ORCPT=rfc822;address]",
              "Names a recipient; say it again for each further one");
      case "DATA" ->
          List.of(
              "DATA",
              "Then type header, empty line and text; a line with only a dot ends the mail");
      case "BDAT" ->
          List.of(
              "BDAT octets [LAST]", "Sends the mail in counted chunks instead of DATA (RFC 3030)");
      case "RSET" -> List.of("RSET", "Forgets the mail being composed");
      case "NOOP" -> List.of("NOOP", "Does nothing, politely");
      case "QUIT" -> List.of("QUIT", "Ends the conversation");
      case "VRFY" -> List.of("VRFY user", "Users are not verified here: RCPT TO will say");
      case "EXPN" -> List.of("EXPN list", "Lists are not shown here");
      case "ETRN" ->
          List.of(
              "ETRN example.org", "Sends now what waits for that domain; @example.org: and below");
      case "STARTTLS" ->
          List.of(
              "STARTTLS",
              "Goes on encrypted; say EHLO again then. openssl s_client -starttls smtp does it");
      case "AUTH" ->
          List.of(
              "AUTH PLAIN [response] or AUTH LOGIN",
              "Logs you in; each response in Base64, * to stop. The response of PLAIN is NUL user NUL password");
      case "XCLIENT" ->
          List.of(
              "XCLIENT ADDR=192.0.2.1 [NAME=...]",
              "Says who a proxy's client is, from a network that may");
      case "HELP" -> List.of("HELP [command]", "Lists the commands, or explains one");
      default -> List.of("There is no command " + Reply.shown(topic), "HELP lists the commands");
    };
  }
}
