package me.ehlo.smtp;

import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import me.ehlo.mail.DsnOptions;

/** Reads the parameters of MAIL (RFC 5321 §4.1.2): exactly those that EHLO offers, each once. */
final class MailParameterParser {
  private OptionalLong size = OptionalLong.empty();
  private boolean eightBit;
  private boolean smtpUtf8;

  private MailParameterParser() {}

  /** The parameters, or the reply that says what is wrong with them. */
  sealed interface Result {
    record Right(MailParameters parameters) implements Result {}

    record Wrong(Reply reply) implements Result {}
  }

  static Result parse(String text) {
    if (text.isEmpty()) {
      return new Result.Right(MailParameters.NONE);
    }
    MailParameterParser parser = new MailParameterParser();
    Set<String> seen = new HashSet<>();
    for (String parameter : text.split(" +", -1)) {
      int equals = parameter.indexOf('=');
      String keyword = CommandParser.upper(equals < 0 ? parameter : parameter.substring(0, equals));
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      if (!isOffered(keyword)) {
        return new Result.Wrong(Reply.of(Replies.UNKNOWN_PARAMETER, keyword));
      }
      if (!seen.add(keyword)) {
        return new Result.Wrong(Reply.of(Replies.REPEATED_PARAMETER, keyword));
      }
      if (!parser.take(keyword, equals >= 0, value)) {
        return new Result.Wrong(Reply.of(Replies.BAD_PARAMETER, keyword));
      }
    }
    return new Result.Right(
        new MailParameters(parser.size, parser.eightBit, parser.smtpUtf8, DsnOptions.NONE));
  }

  private static boolean isOffered(String keyword) {
    return keyword.equals("SIZE") || keyword.equals("BODY") || keyword.equals("SMTPUTF8");
  }

  private boolean take(String keyword, boolean hasValue, String value) {
    return switch (keyword) {
      case "SIZE" -> size(value);
      case "BODY" -> body(value);
      default -> smtpUtf8(hasValue);
    };
  }

  private boolean smtpUtf8(boolean hasValue) {
    smtpUtf8 = true;
    return !hasValue;
  }

  private boolean size(String value) {
    if (!isSize(value)) {
      return false;
    }
    // RFC 1870 §3 allows 20 digits; what a long cannot hold is too big whatever it is.
    size = OptionalLong.of(value.length() > 18 ? Long.MAX_VALUE : Long.parseLong(value));
    return true;
  }

  private static boolean isSize(String value) {
    return value.length() <= 20
        && value.chars().allMatch(c -> c >= '0' && c <= '9')
        && !value.isEmpty();
  }

  private boolean body(String value) {
    String kind = CommandParser.upper(value);
    eightBit = kind.equals("8BITMIME");
    return eightBit || kind.equals("7BIT"); // BINARYMIME is not offered
  }
}
