package me.ehlo.pop3;

import static me.ehlo.pop3.Pop3Reason.AUTH_FORM;
import static me.ehlo.pop3.Pop3Reason.DID_YOU_MEAN;
import static me.ehlo.pop3.Pop3Reason.NO_COMMAND;
import static me.ehlo.pop3.Pop3Reason.NO_HELP;
import static me.ehlo.pop3.Pop3Reason.ONE_NAME;
import static me.ehlo.pop3.Pop3Reason.STANDS_ALONE;
import static me.ehlo.pop3.Pop3Reason.WANTS_NAME;
import static me.ehlo.pop3.Pop3Reason.WANTS_PASSWORD;

import java.util.Locale;
import java.util.Optional;
import me.ehlo.lines.Line;

/**
 * Reads a line as a command (RFC 1939 §3): any line is one, if only {@link Command.Unrecognized}.
 *
 * <p>Words may stand in any case, with more spaces than needed. What the client typed is never repeated in an answer: in
 * POP3 the word in the wrong place is often the password.
 */
public final class CommandParser {

  private CommandParser() {}

  /** The command that this line is. */
  public static Command parse(Line line) {
    return switch (line) {
      case Line.Text(var text) -> parse(text);
      case Line.TooLong(var limit) -> malformed(Pop3Reason.LINE_TOO_LONG.say(limit));
      case Line.BareLineFeed() -> malformed(Pop3Reason.BARE_LINE_FEED.say());
      case Line.ControlCharacter(var octet) -> malformed(control(octet));
      case Line.EscapeSequence() -> malformed(Pop3Reason.ARROW_KEY.say());
      case Line.NotUtf8() -> malformed(Pop3Reason.NOT_UTF8.say());
      case Line.TlsHandshake() -> new Command.OfAnother("TLS without STLS");
    };
  }

  private static Response control(int octet) {
    return Pop3Reason.CONTROL_CHARACTER.say(octet == 0 ? "NUL" : "octet " + octet);
  }

  private static Command parse(String text) {
    int start = skipBlanks(text, 0);
    if (start == text.length()) {
      return malformed(Pop3Reason.EMPTY_LINE.say());
    }
    int end = endOfWord(text, start);
    String word = text.substring(start, end).toUpperCase(Locale.ROOT);
    Optional<Verb> verb = Verb.named(word);
    return verb.isPresent()
        ? command(verb.get(), text.substring(end))
        : unknown(word, text.substring(end).strip());
  }

  /**
   * @param rest what stands behind the verb, with the space between them
   */
  private static Command command(Verb verb, String rest) {
    String[] words = rest.isBlank() ? new String[0] : rest.strip().split("[ \t]+", -1);
    return switch (verb) {
      case USER -> user(rest.strip());
      case PASS -> pass(rest);
      case LIST ->
          words.length == 0 ? new Command.List() : Numbers.one(verb, words, Command.ListOne::new);
      case UIDL ->
          words.length == 0 ? new Command.Uidl() : Numbers.one(verb, words, Command.UidlOne::new);
      case RETR -> Numbers.one(verb, words, Command.Retr::new);
      case DELE -> Numbers.one(verb, words, Command.Dele::new);
      case TOP -> Numbers.top(words);
      case HELP -> words.length == 0 ? new Command.Help(Optional.empty()) : help(words[0]);
      case AUTH -> auth(words);
      case STLS -> alone(verb, words, new Command.Stls());
      case STAT -> alone(verb, words, new Command.Stat());
      case NOOP -> alone(verb, words, new Command.Noop());
      case RSET -> alone(verb, words, new Command.Rset());
      case QUIT -> alone(verb, words, new Command.Quit());
      case CAPA -> alone(verb, words, new Command.Capa());
      case UTF8 -> alone(verb, words, new Command.Utf8());
    };
  }

  private static Command user(String name) {
    if (name.isEmpty()) {
      return malformed(WANTS_NAME.say());
    }
    boolean several = !name.startsWith("\"") && endOfWord(name, 0) < name.length();
    return several ? malformed(ONE_NAME.say()) : new Command.User(name);
  }

  /** RFC 1939 §7: PASS has one argument, so spaces in it belong to the password; the first one parts it from PASS. */
  private static Command pass(String rest) {
    return rest.length() < 2
        ? malformed(WANTS_PASSWORD.say())
        : new Command.Pass(rest.substring(1));
  }

  private static Command alone(Verb verb, String[] words, Command command) {
    return words.length == 0 ? command : malformed(STANDS_ALONE.say(verb));
  }

  private static Command auth(String[] words) {
    return switch (words.length) {
      case 0 -> new Command.Mechanisms();
      case 1 -> new Command.Auth(words[0], Optional.empty());
      case 2 -> new Command.Auth(words[0], Optional.of(words[1]));
      default -> malformed(AUTH_FORM.say());
    };
  }

  private static Command help(String word) {
    return Verb.named(word.toUpperCase(Locale.ROOT))
        .<Command>map(verb -> new Command.Help(Optional.of(verb)))
        .orElseGet(() -> malformed(NO_HELP.say()));
  }

  private static Command unknown(String word, String rest) {
    if (Mistaken.isHttp(word, rest)) {
      return new Command.OfAnother("HTTP");
    }
    if (Mistaken.isProxy(word, rest)) {
      return new Command.OfAnother("the PROXY protocol");
    }
    if (Mistaken.isSmtp(word)) {
      return new Command.OfSmtp(word);
    }
    return Mistaken.whyNotOffered(word)
        .<Command>map(why -> new Command.NotOffered(Pop3Reason.NOT_OFFERED.say(word, why)))
        .or(() -> Mistaken.meant(word).map(verb -> new Command.Misnamed(DID_YOU_MEAN.say(verb))))
        .orElseGet(() -> new Command.Unrecognized(NO_COMMAND.say()));
  }

  private static Command malformed(Response why) {
    return new Command.Malformed(why);
  }

  private static int skipBlanks(String text, int from) {
    int i = from;
    while (i < text.length() && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int endOfWord(String text, int from) {
    int i = from;
    while (i < text.length() && !isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
