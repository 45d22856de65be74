package me.ehlo.smtp;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Notify.Happening;
import me.ehlo.mail.Orcpt;
import me.ehlo.mail.OrcptParser;
import me.ehlo.mail.Parsed;

/** Reads the parameters of RCPT (RFC 3461 §4.1, §4.2). */
final class RcptParameterParser {
  private static final Set<String> OFFERED = Set.of("NOTIFY", "ORCPT");

  private Notify notices = Notify.UNSAID;
  private Optional<Orcpt> orcpt = Optional.empty();
  private boolean notAscii;

  private RcptParameterParser() {}

  /** The parameters, or the reply that says what is wrong with them. */
  sealed interface Result {
    record Right(RcptParameters parameters) implements Result {}

    record Wrong(Reply reply) implements Result {}
  }

  static Result parse(String text) {
    RcptParameterParser parser = new RcptParameterParser();
    return ParameterWords.read(text, OFFERED, parser::take)
        .<Result>map(Result.Wrong::new)
        .orElseGet(() ->
            new Result.Right(new RcptParameters(parser.notices, parser.orcpt, parser.notAscii)));
  }

  private boolean take(String keyword, boolean hasValue, String value) {
    return keyword.equals("NOTIFY") ? notices(CommandParser.upper(value)) : orcpt(value);
  }

  private boolean notices(String value) {
    if (value.equals("NEVER")) {
      notices = Notify.NEVER;
      return true;
    }
    Set<Happening> asked = EnumSet.noneOf(Happening.class);
    int start = 0;
    while (start <= value.length()) {
      int comma = value.indexOf(',', start);
      int end = comma < 0 ? value.length() : comma;
      Optional<Happening> happening = happening(value.substring(start, end));
      if (happening.isEmpty()) {
        return false;
      }
      asked.add(happening.get());
      start = end + 1;
    }
    notices = Notify.of(asked);
    return true;
  }

  private static Optional<Happening> happening(String word) {
    return switch (word) {
      case "SUCCESS" -> Optional.of(Happening.SUCCESS);
      case "FAILURE" -> Optional.of(Happening.FAILURE);
      case "DELAY" -> Optional.of(Happening.DELAY);
      default -> Optional.empty();
    };
  }

  private boolean orcpt(String value) {
    if (OrcptParser.parse(value) instanceof Parsed.Right<Orcpt>(var right)) {
      orcpt = Optional.of(right);
      notAscii = !DomainParser.isAscii(value);
      return true;
    }
    return false;
  }
}
