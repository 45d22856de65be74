package me.ehlo.smtp;

import me.ehlo.mail.AddressParser;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.Reason;
import me.ehlo.mail.ReversePath;

/**
 * Reads what follows MAIL and RCPT (RFC 5321 §4.1.1.2, §4.1.1.3): a keyword, a colon, a path, parameters.
 *
 * <p>Most of it is about what people write instead, since each such slip deserves a sentence that puts it right.
 */
final class PathParser {
  private static final String POSTMASTER = "POSTMASTER";
  private static final String ORNAMENTS = "‹«“„‘‚〈《＜'([";
  private static final String ONE_ADDRESS =
      "one address a command; say the command again for the next";

  private final boolean strict;
  private final String home;

  /**
   * @param home what is put behind a name that stands alone; empty: nothing, and it is wrong
   */
  PathParser(boolean strict, String home) {
    this.strict = strict;
    this.home = home;
  }

  Command mail(String argument) {
    return switch (split("MAIL", "FROM", argument)) {
      case Split.Wrong(var reply) -> new Command.Malformed("MAIL", reply);
      case Split.Right(var path, var parameters) ->
          mail(path, MailParameterParser.parse(parameters));
    };
  }

  private Command mail(String path, MailParameterParser.Result parameters) {
    if (path.isEmpty()) {
      return reverse(new ReversePath.Null(), parameters);
    }
    return switch (AddressParser.path(whole(path))) {
      case Parsed.Wrong<Mailbox>(var why) ->
          CommandParser.malformed("MAIL", Replies.BAD_SENDER, why);
      case Parsed.Right<Mailbox>(var mailbox) ->
          reverse(new ReversePath.Sender(mailbox), parameters);
    };
  }

  private static Command reverse(ReversePath path, MailParameterParser.Result parameters) {
    return switch (parameters) {
      case MailParameterParser.Result.Wrong(var reply) -> new Command.Malformed("MAIL", reply);
      case MailParameterParser.Result.Right(var right) -> new Command.Mail(path, right);
    };
  }

  Command rcpt(String argument) {
    return switch (split("RCPT", "TO", argument)) {
      case Split.Wrong(var reply) -> new Command.Malformed("RCPT", reply);
      case Split.Right(var path, var parameters) ->
          rcpt(path, RcptParameterParser.parse(parameters));
    };
  }

  private Command rcpt(String path, RcptParameterParser.Result parameters) {
    if (CommandParser.upper(path).equals(POSTMASTER)) {
      return forward(new ForwardPath.Postmaster(), parameters); // RFC 5321 §4.1.1.3
    }
    if (path.isEmpty()) {
      return CommandParser.malformed(
          "RCPT", Replies.BAD_RECIPIENT, "nothing stands between the brackets");
    }
    return switch (AddressParser.path(whole(path))) {
      case Parsed.Wrong<Mailbox>(var why) ->
          CommandParser.malformed("RCPT", Replies.BAD_RECIPIENT, why);
      case Parsed.Right<Mailbox>(var mailbox) -> forward(new ForwardPath.To(mailbox), parameters);
    };
  }

  private static Command forward(ForwardPath path, RcptParameterParser.Result parameters) {
    return switch (parameters) {
      case RcptParameterParser.Result.Wrong(var reply) -> new Command.Malformed("RCPT", reply);
      case RcptParameterParser.Result.Right(var right) -> new Command.Rcpt(path, right);
    };
  }

  private String whole(String path) {
    return path.indexOf('@') < 0 ? path + home : path;
  }

  /** An argument taken apart: what stands in the path, its brackets taken off, and the parameters behind it. */
  private sealed interface Split {
    record Right(String path, String parameters) implements Split {}

    record Wrong(Reply reply) implements Split {}
  }

  private Split split(String verb, String keyword, String argument) {
    String form =
        verb + " " + keyword + ":<" + (verb.equals("MAIL") ? "you" : "somebody") + "@example.org>";
    String text = argument.strip();
    if (!text.regionMatches(true, 0, keyword, 0, keyword.length())) {
      return wrong(whyNotKeyword(verb, keyword, text) + ". Write " + form);
    }
    String rest = text.substring(keyword.length());
    String unspaced = strict ? rest : rest.stripLeading();
    if (!unspaced.startsWith(":")) {
      return wrong("A colon is missing behind " + keyword + ". Write " + form);
    }
    String behind = unspaced.substring(1);
    if (strict && !behind.startsWith("<")) {
      return wrong("Write the address in angle brackets: " + form);
    }
    return path(verb, behind.strip());
  }

  private static String whyNotKeyword(String verb, String keyword, String text) {
    String other = keyword.equals("FROM") ? "TO" : "FROM";
    if (text.regionMatches(true, 0, other, 0, other.length())) {
      return verb + " goes with " + keyword + ", not with " + other;
    }
    return "Behind " + verb + " comes " + keyword + ":";
  }

  private static Split path(String verb, String text) {
    if (text.isEmpty()) {
      return badAddress(verb, "nothing stands behind the colon");
    }
    if (ORNAMENTS.indexOf(text.charAt(0)) >= 0 || text.startsWith("&lt;")) {
      return badAddress(verb, "only the plain < and > belong around it");
    }
    return text.startsWith("<") ? bracketed(verb, text) : bare(verb, text);
  }

  private static Split bracketed(String verb, String text) {
    int close = endOutsideQuotes(text, 1, '>');
    if (close == text.length()) {
      return badAddress(verb, "the bracket > is missing");
    }
    String path = text.substring(1, close);
    String rest = text.substring(close + 1);
    if (rest.startsWith(",") || rest.startsWith(";") || isAddress(rest) || isSeveral(path)) {
      return badAddress(verb, ONE_ADDRESS);
    }
    if (!rest.isEmpty() && rest.charAt(0) != ' ') {
      return badAddress(verb, "something stands right behind the bracket >");
    }
    return new Split.Right(path, rest.strip());
  }

  private static Split bare(String verb, String text) {
    if (text.indexOf('<') >= 0) {
      return badAddress(verb, "only the address, without a name in front");
    }
    int end = endOutsideQuotes(text, 0, ' ');
    String path = text.substring(0, end);
    String rest = text.substring(end);
    return isSeveral(path) || isAddress(rest)
        ? badAddress(verb, ONE_ADDRESS)
        : new Split.Right(path, rest.strip());
  }

  /** Whether these are several addresses with commas between: neither a source route nor a quoted name. */
  private static boolean isSeveral(String path) {
    boolean plain = !path.startsWith("@") && !path.startsWith("\"");
    int separator = Math.max(path.lastIndexOf(','), path.lastIndexOf(';'));
    boolean between = separator > path.indexOf('@') && path.indexOf('@') > 0;
    return plain && between;
  }

  /** Whether what stands where parameters belong is one more address. */
  private static boolean isAddress(String text) {
    String word = text.strip();
    return word.startsWith("<") || word.indexOf('@') > 0 && word.indexOf('=') < 0;
  }

  /** Where this character stands outside quotes, or the length of the text. */
  private static int endOutsideQuotes(String text, int from, char wanted) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == wanted && !quoted) {
        return i;
      }
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      }
    }
    return text.length();
  }

  private static Split badAddress(String verb, String why) {
    Reason reason = verb.equals("MAIL") ? Replies.BAD_SENDER : Replies.BAD_RECIPIENT;
    return new Split.Wrong(Reply.of(reason, why));
  }

  private static Split wrong(String sentence) {
    return new Split.Wrong(Reply.of(Replies.BAD_ARGUMENT, sentence));
  }
}
