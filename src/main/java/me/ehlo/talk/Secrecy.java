package me.ehlo.talk;

import java.util.Arrays;
import java.util.stream.Collectors;
import me.ehlo.sasl.ClientMechanism;

/** What of a typed line may be shown and kept: everything but what somebody logs in with. */
final class Secrecy {
  static final String NOT_SHOWN = "<not shown>";
  private static final String BLANKS = "[ \t]+";

  private Secrecy() {}

  /** The line without its secrets; {@code answersChallenge}: it answers 334, or + in POP3. */
  static String shown(String line, boolean answersChallenge) {
    if (answersChallenge) {
      return givesUp(line) || line.isEmpty() ? line : NOT_SHOWN;
    }
    Words words = Words.of(line);
    return switch (words.verb()) {
      case "AUTH" -> behindWord(line, words);
      case "APOP" -> behindWord(line, words);
      case "PASS" -> words.rest().isEmpty() ? line : verb(line) + " " + NOT_SHOWN;
      default -> line;
    };
  }

  /** Whether this answer to a challenge gives the login up (RFC 4954 §4). */
  static boolean givesUp(String answer) {
    return answer.strip().equals("*");
  }

  /** Whether there is a secret in it. */
  static boolean hasSecret(String line, boolean answersChallenge) {
    return !shown(line, answersChallenge).equals(line);
  }

  /** What stands behind {@code /raw}, without the secrets in any of its lines. */
  static String shownRaw(String octets) {
    return Arrays.stream(octets.split("(?<=\\\\n)"))
        .map(line -> shown(line, false))
        .collect(Collectors.joining());
  }

  /** Whether a secret stands in what was typed where a command is awaited, be it an order. */
  static boolean isIn(String typed) {
    Words words = Words.of(typed);
    return switch (words.verb()) {
      case "/RAW" -> !shownRaw(words.rest()).equals(words.rest());
      case "/AUTH" -> !isNameAndMechanism(words.rest());
      default -> hasSecret(typed, false);
    };
  }

  /** Or less; what else stands there may be the password, which {@code /auth} asks for. */
  private static boolean isNameAndMechanism(String rest) {
    Words words = Words.of(rest);
    return words.rest().isEmpty() || ClientMechanism.of(words.rest()).isPresent();
  }

  /** {@code AUTH PLAIN ...}, {@code APOP ann ...}: the word behind the verb is no secret, what follows it is. */
  private static String behindWord(String line, Words words) {
    String[] parts = words.rest().split(BLANKS, 2);
    return parts.length < 2 || parts[1].isBlank()
        ? line
        : verb(line) + " " + parts[0] + " " + NOT_SHOWN;
  }

  private static String verb(String line) {
    return line.strip().split(BLANKS, 2)[0];
  }
}
