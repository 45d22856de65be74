package me.ehlo.smtp.server;

import java.util.Optional;
import me.ehlo.mail.MailId;

/** What a session knows so far; a later state holds what an earlier one lacks. */
sealed interface State {
  record Connected() implements State {}

  record Greeted(Sender sender) implements State {}

  /** A challenge was given, and its answer is awaited (RFC 4954 §4). */
  record LoggingIn(Sender sender, Login login) implements State {}

  record InTransaction(Sender sender, Transaction tx) implements State {}

  /** The content is on its way by DATA, or a chunk of it by BDAT. */
  record Receiving(Sender sender, Transaction tx, boolean last) implements State {}

  /** Some chunks have come, the last has not (RFC 3030 §2). */
  record BetweenChunks(Sender sender, Transaction tx) implements State {}

  /** The mail transaction under way. */
  default Optional<MailId> mail() {
    return switch (this) {
      case Connected _, Greeted _, LoggingIn _ -> Optional.empty();
      case InTransaction(_, var tx) -> Optional.of(tx.id());
      case Receiving(_, var tx, _) -> Optional.of(tx.id());
      case BetweenChunks(_, var tx) -> Optional.of(tx.id());
    };
  }

  /** The same without the mail transaction that is under way. */
  default State withoutMail() {
    return switch (this) {
      case Connected connected -> connected;
      case Greeted greeted -> greeted;
      case LoggingIn(var sender, _) -> new Greeted(sender);
      case InTransaction(var sender, _) -> new Greeted(sender);
      case Receiving(var sender, _, _) -> new Greeted(sender);
      case BetweenChunks(var sender, _) -> new Greeted(sender);
    };
  }
}
