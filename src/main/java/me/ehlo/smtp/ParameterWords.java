package me.ehlo.smtp;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Takes apart the parameters of MAIL and RCPT (RFC 5321 §4.1.2): exactly those that EHLO offers, each once. */
final class ParameterWords {

  /** Takes one parameter; false when its value is one that it cannot have. */
  @FunctionalInterface
  interface Taker {

    /**
     * @param keyword in upper case, one of those offered
     * @param value empty where there is none
     */
    boolean take(String keyword, boolean hasValue, String value);
  }

  private ParameterWords() {}

  /** Gives the taker each parameter; the reply to what is wrong with them, if something is. */
  static Optional<Reply> read(String text, Set<String> offered, Taker taker) {
    Set<String> seen = new HashSet<>();
    for (String parameter : text.isEmpty() ? new String[0] : text.split(" +", -1)) {
      int equals = parameter.indexOf('=');
      String keyword = CommandParser.upper(equals < 0 ? parameter : parameter.substring(0, equals));
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      if (!offered.contains(keyword)) {
        return Optional.of(Reply.of(Replies.UNKNOWN_PARAMETER, keyword));
      }
      if (!seen.add(keyword)) {
        return Optional.of(Reply.of(Replies.REPEATED_PARAMETER, keyword));
      }
      if (!taker.take(keyword, equals >= 0, value)) {
        return Optional.of(Reply.of(Replies.BAD_PARAMETER, keyword));
      }
    }
    return Optional.empty();
  }
}
