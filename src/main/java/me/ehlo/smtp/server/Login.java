package me.ehlo.smtp.server;

import java.util.List;
import java.util.Optional;
import me.ehlo.lines.Line;
import me.ehlo.sasl.Base64Text;
import me.ehlo.sasl.Exchange;
import me.ehlo.sasl.Identity;
import me.ehlo.sasl.Step;
import me.ehlo.sasl.Verdict;
import me.ehlo.smtp.LoginReplies;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.SmtpLimits;

/** One attempt to log in: a mechanism's exchange in the words of SMTP (RFC 4954 §4, §6). */
final class Login {
  private final String mechanism;
  private final Exchange exchange;

  /** What follows a message of the client's. */
  sealed interface Next {

    /** One more challenge. */
    record Ask(Reply challenge) implements Next {}

    /** The attempt is over, and this client is somebody. */
    record Known(Identity identity) implements Next {}

    /** The attempt is over, and nobody is logged in. */
    record Refused(Reply reply) implements Next {}
  }

  Login(String mechanism, Exchange exchange) {
    this.mechanism = mechanism;
    this.exchange = exchange;
  }

  /** Begins; {@code initial} as it stands on the line. */
  Next begin(Optional<String> initial) {
    if (initial.isEmpty()) {
      return after(exchange.begin(Optional.empty()));
    }
    return Base64Text.decodeInitial(initial.get())
        .map(message -> after(exchange.begin(Optional.of(message))))
        .orElseGet(Login::notBase64);
  }

  /** Goes on with the client's answer to the last challenge. */
  Next on(Line line) {
    return switch (line) {
      case Line.Text(var text) when text.equals("*") ->
          new Next.Refused(Reply.of(LoginReplies.LOGIN_CANCELLED));
      case Line.Text(var text) ->
          Base64Text.decode(text)
              .map(message -> after(exchange.on(message)))
              .orElseGet(Login::notBase64);
      case Line.TooLong _ ->
          new Next.Refused(
              Reply.of(LoginReplies.LOGIN_LINE_TOO_LONG, SmtpLimits.AUTH_LINE_OCTETS - 2));
      case Line.BareLineFeed _,
          Line.ControlCharacter _,
          Line.EscapeSequence _,
          Line.TlsHandshake _,
          Line.NotUtf8 _ ->
          notBase64();
    };
  }

  /** Who tried, and how; for the log. */
  Attempt attempt() {
    return new Attempt(exchange.name(), mechanism);
  }

  /**
   * An answer fit for the log: who was refused AUTH may say name and password all the same, and then they are unknown
   * commands.
   */
  static Reply discreet(Reply reply, boolean hasTriedToLogIn) {
    return hasTriedToLogIn && reply.reason().equals(Replies.UNKNOWN_COMMAND)
        ? new Reply(
            Replies.UNKNOWN_COMMAND,
            List.of(
                "Unknown command, not repeated here: it may be a password. HELP lists the commands"))
        : reply;
  }

  private static Next after(Step step) {
    return switch (step) {
      case Step.Challenge(var message) ->
          new Next.Ask(new Reply(LoginReplies.CHALLENGE, List.of(Base64Text.encode(message))));
      case Step.Over(Verdict.Known(var identity)) -> new Next.Known(identity);
      case Step.Over(Verdict.Refused(var why)) -> new Next.Refused(refusal(why));
    };
  }

  private static Reply refusal(Verdict.Why why) {
    return Reply.of(
        switch (why) {
          case WRONG -> LoginReplies.LOGIN_WRONG;
          case BUSY -> LoginReplies.LOGIN_BUSY;
          case BLOCKED -> LoginReplies.LOGIN_BLOCKED;
          case TROUBLE -> LoginReplies.LOGIN_TROUBLE;
          case MALFORMED -> LoginReplies.LOGIN_MALFORMED;
        });
  }

  private static Next notBase64() {
    return new Next.Refused(Reply.of(LoginReplies.LOGIN_NOT_BASE64));
  }
}
