package me.ehlo.pop3;

import java.util.Locale;
import java.util.Optional;

/** Everything a client can say in POP3; whatever line it sends is one of these. */
public sealed interface Command {

  /** The verb, for the log; never what the client typed. */
  default String verb() {
    return switch (this) {
      case ListOne _ -> "LIST";
      case Mechanisms _, Answer _ -> "AUTH";
      case UidlOne _ -> "UIDL";
      case OfSmtp(var verb) -> verb;
      case OfAnother _, NotOffered _, Malformed _, Misnamed _, Unrecognized _ -> "line";
      default -> getClass().getSimpleName().toUpperCase(Locale.ROOT);
    };
  }

  /** A command that needs an open maildrop. */
  sealed interface OfMaildrop extends Command {}

  // RFC 1939 §7

  record User(String name) implements Command {}

  /** The password is everything behind the one space: it may hold spaces itself. */
  record Pass(String password) implements Command {
    @Override
    public String toString() {
      return "Pass[]";
    }
  }

  /** RFC 2595 §4. */
  record Stls() implements Command {}

  /**
   * RFC 5034 §4.
   *
   * @param initial the client's first message, as it stands on the line
   */
  record Auth(String mechanism, Optional<String> initial) implements Command {
    @Override
    public String toString() {
      return "Auth[" + mechanism + "]";
    }
  }

  /** AUTH alone: no RFC has it any more, and programs older than CAPA ask so which mechanisms there are. */
  record Mechanisms() implements Command {}

  /** No command, but what a client says in the middle of a login (RFC 5034 §4). */
  record Answer(String text) implements Command {
    @Override
    public String toString() {
      return "Answer[]";
    }
  }

  // RFC 1939 §5

  record Stat() implements OfMaildrop {}

  /** The whole maildrop. */
  record List() implements OfMaildrop {}

  record ListOne(int number) implements OfMaildrop {}

  record Retr(int number) implements OfMaildrop {}

  record Dele(int number) implements OfMaildrop {}

  record Noop() implements OfMaildrop {}

  record Rset() implements OfMaildrop {}

  record Quit() implements Command {}

  // RFC 1939 §7

  record Top(int number, int lines) implements OfMaildrop {}

  /** The whole maildrop. */
  record Uidl() implements OfMaildrop {}

  record UidlOne(int number) implements OfMaildrop {}

  /** RFC 2449 §5. */
  record Capa() implements Command {}

  /** RFC 6856 §2. */
  record Utf8() implements Command {}

  /** Ours: no RFC has it, and everybody who types asks for it. */
  record Help(Optional<Verb> about) implements Command {}

  /** A command of POP3 that is not offered, such as APOP. */
  record NotOffered(Response why) implements Command {}

  /** A command of ours with the wrong arguments, or a line that cannot be read. */
  record Malformed(Response why) implements Command {}

  /** No command of ours, but we can guess what was meant. */
  record Misnamed(Response why) implements Command {}

  /** No command at all. */
  record Unrecognized(Response why) implements Command {}

  /** A command of SMTP: somebody took the wrong port. */
  record OfSmtp(String verb) implements Command {}

  /** Another language, such as HTTP: a web browser, or somebody who makes one talk to us. */
  record OfAnother(String language) implements Command {}
}
