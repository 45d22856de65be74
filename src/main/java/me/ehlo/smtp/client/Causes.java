package me.ehlo.smtp.client;

import java.util.Optional;
import me.ehlo.mail.Cause;
import me.ehlo.mail.Reason;
import me.ehlo.smtp.Answer;

/** Why things went as they did with one server, in its name. */
final class Causes {
  private final String host;

  Causes(String host) {
    this.host = host;
  }

  /** A decision that it said nothing about. */
  Cause because(Reason reason, Object... values) {
    return new Cause(reason, reason.say(values), host, Optional.empty());
  }

  /** What it said. */
  Cause said(Answer.Said said, Reason reason, Object... values) {
    return new Cause(reason, reason.say(values), host, Optional.of(said.remote()));
  }

  /** Something broke, in this phase; {@code line}: what was said instead of an answer. */
  Cause of(Fault fault, Phase phase, String line) {
    return switch (fault) {
      case LOST -> because(DialogueReason.LOST, host, phase);
      case TIMED_OUT -> because(DialogueReason.TIMED_OUT, host, phase);
      case STOPPED -> because(DialogueReason.STOPPED, host, phase);
      case ENDLESS -> because(DialogueReason.ENDLESS, host, phase);
      case NONSENSE -> because(DialogueReason.NONSENSE, host, phase, line);
      case INJECTED -> because(DialogueReason.TLS_INJECTION, host);
      case NOT_SECURED -> because(DialogueReason.TLS_FAILED, host);
      case NO_CONTENT -> Cause.of(DialogueReason.NO_CONTENT);
      case BAD_CONTENT -> because(DialogueReason.BAD_CONTENT, host);
    };
  }
}
