package me.ehlo.smtp;

import java.util.Optional;
import me.ehlo.mail.Domain;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.ReversePath;

/** Everything a client can say (RFC 5321 §4.1.1). Parsing is total: every line is one of these. */
public sealed interface Command {

  /** {@code name} as it was given; empty when nothing was. */
  record Ehlo(String name) implements Command {}

  /** {@code name} as it was given; empty when nothing was. */
  record Helo(String name) implements Command {}

  record Mail(ReversePath reversePath, MailParameters parameters) implements Command {}

  record Rcpt(ForwardPath forwardPath, RcptParameters parameters) implements Command {}

  record Data() implements Command {}

  /** A chunk of {@code octets} octets follows at once (RFC 3030 §2). */
  record Bdat(long octets, boolean last) implements Command {}

  record Rset() implements Command {}

  record Noop() implements Command {}

  record Quit() implements Command {}

  record Vrfy(String who) implements Command {}

  record Expn(String list) implements Command {}

  /** What waits for this node shall be sent now (RFC 1985 §5). */
  record Etrn(Node node) implements Command {

    /** What ETRN names, and as it is written there (RFC 1985 §5.1). */
    public sealed interface Node {

      /** {@code subdomains}: written with an @ in front, so those below it are meant as well. */
      record Of(Domain domain, boolean subdomains) implements Node {
        @Override
        public String toString() {
          return (subdomains ? "@" : "") + domain;
        }
      }

      /** A queue that the administrator has given a name. */
      record Queue(String name) implements Node {
        @Override
        public String toString() {
          return "#" + name;
        }
      }
    }
  }

  /** From here on TLS (RFC 3207 §4). */
  record StartTls() implements Command {}

  /**
   * Begins to log in (RFC 4954 §4).
   *
   * @param mechanism in upper case
   * @param initial the first response, as it stands on the line; a secret
   */
  record Auth(String mechanism, Optional<String> initial) implements Command {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Auth[mechanism=" + mechanism + "]";
    }
  }

  /**
   * Who is really there, says a proxy.
   *
   * @param address the client's; empty: the proxy has not said
   */
  record Xclient(Optional<String> address) implements Command {}

  /** {@code topic} in upper case; empty for the list. */
  record Help(String topic) implements Command {}

  /** Not a command, or not a right one; {@code verb} is what it was meant to be as far as one can tell. */
  record Malformed(String verb, Reply reply) implements Command {}

  /** So wrong that going on would be unsafe: another protocol, or a chunk of unknown size. */
  record Fatal(String verb, Reply reply) implements Command {}

  /** The word that logs and stages use. */
  default String verb() {
    return switch (this) {
      case Ehlo _ -> "EHLO";
      case Helo _ -> "HELO";
      case Mail _ -> "MAIL";
      case Rcpt _ -> "RCPT";
      case Data _ -> "DATA";
      case Bdat _ -> "BDAT";
      case Rset _ -> "RSET";
      case Noop _ -> "NOOP";
      case Quit _ -> "QUIT";
      case Vrfy _ -> "VRFY";
      case Expn _ -> "EXPN";
      case Etrn _ -> "ETRN";
      case StartTls _ -> "STARTTLS";
      case Auth _ -> "AUTH";
      case Xclient _ -> "XCLIENT";
      case Help _ -> "HELP";
      case Malformed(var verb, _) -> verb;
      case Fatal(var verb, _) -> verb;
    };
  }

  /**
   * Whether a client must wait for the answer before it says more: the greeting, DATA (RFC 2920 §3.1), and what changes
   * who is there or over what (RFC 3207 §4, RFC 4954 §4).
   */
  default boolean endsGroup() {
    return switch (this) {
      case Ehlo _, Helo _, Data _, StartTls _, Auth _, Xclient _ -> true;
      default -> false;
    };
  }
}
