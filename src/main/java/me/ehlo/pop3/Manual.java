package me.ehlo.pop3;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The multi-line answers that describe the server: CAPA for programs (RFC 2449), HELP for people. */
final class Manual {

  private Manual() {}

  /** The same in all states (RFC 2449 §5), except that USER is only there when it would be taken (§6.3). */
  static Pieces capabilities(boolean takesPasswords) {
    return lines(
        Stream.concat(
            takesPasswords ? Stream.of("USER") : Stream.empty(),
            List.of(
                "TOP",
                "UIDL",
                "PIPELINING",
                "RESP-CODES",
                "AUTH-RESP-CODE",
                "EXPIRE NEVER",
                "UTF8",
                "IMPLEMENTATION Ehlo")
                .stream()));
  }

  /** What can be said now. */
  static Pieces help(boolean loggedIn) {
    return lines(
        Arrays.stream(Verb.values()).filter(verb -> verb.possible(loggedIn)).map(Manual::line));
  }

  /** What one command does. */
  static Pieces help(Verb verb) {
    return lines(Optional.of(verb).stream().map(Manual::line));
  }

  private static String line(Verb verb) {
    return "%-16s %s".formatted(verb.form(), verb.meaning());
  }

  /** No line of ours begins with a dot. */
  private static Pieces lines(Stream<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append("\r\n"));
    return Pieces.of(text.append(".\r\n").toString().getBytes(StandardCharsets.US_ASCII));
  }
}
