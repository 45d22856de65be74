package me.ehlo.smtp;

import java.util.Locale;
import java.util.Optional;
import me.ehlo.lines.Line;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.Reason;

/**
 * Reads command lines (RFC 5321 §4.1.1), every one of them: what cannot be read becomes a {@link Command.Malformed} that
 * knows its reply.
 *
 * <p>Unless strict, it understands what people type and the RFC does not allow: no angle brackets, spaces after the
 * colon and around the verb, a greeting without a name.
 */
public final class CommandParser {
  private final boolean strict;
  private final PathParser paths;

  /**
   * @param strict {@code smtp.strict}: only what RFC 5321 allows
   */
  public CommandParser(boolean strict) {
    this.strict = strict;
    this.paths = new PathParser(strict, "");
  }

  /** One for clients on this machine: a name without a domain is at home in this one. */
  public CommandParser(Domain home) {
    this.strict = false;
    this.paths = new PathParser(false, "@" + home.ascii());
  }

  /** What this line says. */
  public Command parse(Line line) {
    return switch (line) {
      case Line.Text(var text) -> parse(strict ? text.stripTrailing() : text.strip());
      case Line.TooLong(var limit) -> malformed("?", Replies.LINE_TOO_LONG, limit);
      case Line.BareLineFeed() -> malformed("?", Replies.BARE_LINE_FEED);
      case Line.ControlCharacter(var octet) ->
          malformed("?", Replies.CONTROL_CHARACTER, named(octet));
      case Line.EscapeSequence() -> malformed("?", Replies.ARROW_KEY);
      case Line.NotUtf8() -> malformed("?", Replies.NOT_UTF8);
      case Line.TlsHandshake() -> Misunderstanding.TLS;
    };
  }

  private Command parse(String text) {
    int space = firstBlank(text);
    String word = text.substring(0, space);
    String argument = strict ? text.substring(space) : text.substring(space).strip();
    String verb = upper(word);
    return switch (verb) {
      case "EHLO" -> greeting(verb, argument.strip());
      case "HELO" -> greeting(verb, argument.strip());
      case "MAIL" -> paths.mail(argument);
      case "RCPT" -> paths.rcpt(argument);
      case "DATA" -> alone(new Command.Data(), argument);
      case "BDAT" -> bdat(argument.strip());
      case "RSET" -> alone(new Command.Rset(), argument);
      case "NOOP" -> new Command.Noop(); // RFC 5321 §4.1.1.9: an argument is ignored
      case "QUIT" -> alone(new Command.Quit(), argument);
      case "VRFY" ->
          argument.isBlank() ? missing(verb, "VRFY user") : new Command.Vrfy(argument.strip());
      case "EXPN" ->
          argument.isBlank() ? missing(verb, "EXPN list") : new Command.Expn(argument.strip());
      case "ETRN" -> etrn(argument.strip());
      case "STARTTLS" -> alone(new Command.StartTls(), argument);
      case "AUTH" -> auth(argument.strip());
      case "XCLIENT" -> XclientParser.parse(argument.strip());
      case "HELP" -> new Command.Help(argument.strip().toUpperCase(Locale.ROOT));
      default -> Misunderstanding.of(word, verb, argument.strip());
    };
  }

  private Command greeting(String verb, String name) {
    if (strict && (name.isEmpty() || firstBlank(name) < name.length())) {
      return malformed(
          verb,
          Replies.BAD_ARGUMENT,
          "Write " + verb + " your.host.name: one name and nothing else");
    }
    return verb.equals("EHLO") ? new Command.Ehlo(name) : new Command.Helo(name);
  }

  /** What people call the key, or the octet. */
  private static String named(int octet) {
    return switch (octet) {
      case 0 -> "NUL";
      case '\b' -> "Backspace";
      case '\r' -> "CR without LF";
      case 0x7F -> "Delete";
      default -> octet <= 26 ? "Ctrl-" + (char) (octet + '@') : "octet " + octet;
    };
  }

  private static Command alone(Command command, String argument) {
    return argument.isBlank()
        ? command
        : malformed(
            command.verb(),
            Replies.BAD_ARGUMENT,
            command.verb() + " stands alone on its line: nothing may follow it");
  }

  private static Command missing(String verb, String form) {
    return malformed(verb, Replies.BAD_ARGUMENT, "Something is missing. Write " + form);
  }

  /** RFC 4954 §4. The whole line is no longer than any other command's. */
  private static Command auth(String argument) {
    String[] words = argument.split(" +", -1);
    return words[0].isEmpty() || words.length > 2
        ? malformed(
            "AUTH",
            Replies.BAD_ARGUMENT,
            "Write AUTH and a mechanism, then perhaps one word of Base64: AUTH PLAIN")
        : new Command.Auth(
            upper(words[0]), words.length == 2 ? Optional.of(words[1]) : Optional.empty());
  }

  /** RFC 1985 §5.1. */
  private static Command etrn(String node) {
    if (node.startsWith("#") && firstBlank(node) == node.length()) {
      return new Command.Etrn(new Command.Etrn.Node.Queue(node.substring(1)));
    }
    boolean subdomains = node.startsWith("@");
    return switch (DomainParser.parse(subdomains ? node.substring(1) : node)) {
      case Parsed.Right<Domain>(var domain) ->
          new Command.Etrn(new Command.Etrn.Node.Of(domain, subdomains));
      case Parsed.Wrong<Domain>(var why) ->
          malformed("ETRN", Replies.BAD_ARGUMENT, "Write ETRN example.org: " + why);
    };
  }

  /** RFC 3030 §2. A chunk whose size cannot be known would be read as commands, so that ends the conversation. */
  private static Command bdat(String argument) {
    String[] words = argument.split(" +", -1);
    boolean last = words.length == 2 && upper(words[1]).equals("LAST");
    if (!isNumber(words[0]) || words.length > 2 || words.length == 2 && !last) {
      return new Command.Fatal("BDAT", Reply.of(Replies.BAD_CHUNK_SIZE));
    }
    return new Command.Bdat(Long.parseLong(words[0]), last);
  }

  /** Whether these are digits that fit a long: up to 18 of them. */
  static boolean isNumber(String text) {
    if (text.isEmpty() || text.length() > 18) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  static Command malformed(String verb, Reason reason, Object... values) {
    return new Command.Malformed(verb, Reply.of(reason, values));
  }

  /** A keyword in upper case. Only ASCII has two cases here: elsewhere Unicode knows a long s that would become an S. */
  static String upper(String word) {
    return DomainParser.isAscii(word) ? word.toUpperCase(Locale.ROOT) : word;
  }

  static int firstBlank(String text) {
    int i = 0;
    while (i < text.length() && text.charAt(i) != ' ' && text.charAt(i) != '\t') {
      i++;
    }
    return i;
  }
}
