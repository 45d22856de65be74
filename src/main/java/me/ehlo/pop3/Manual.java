package me.ehlo.pop3;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The multi-line answers that describe the server: CAPA for programs (RFC 2449), HELP for people. */
final class Manual {

  private Manual() {}

  /**
   * The same in all states (RFC 2449 §5), except that what is about logging in is only there when it would be taken
   * (§6.3, RFC 2595 §4, RFC 5034 §3).
   *
   * @param mechanisms of SASL that would be taken; none: no password would
   * @param stls whether STLS would be taken
   */
  static Pieces capabilities(List<String> mechanisms, boolean stls) {
    Stream<String> passwords =
        mechanisms.isEmpty()
            ? Stream.empty()
            : Stream.of("USER", "SASL " + String.join(" ", mechanisms));
    return lines(
        Stream.concat(
            Stream.concat(passwords, stls ? Stream.of("STLS") : Stream.empty()),
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

  /** The mechanisms, as programs older than RFC 2449 ask for them. */
  static Pieces mechanisms(List<String> names) {
    return lines(names.stream());
  }

  /** What can be said now. */
  static Pieces help(boolean loggedIn, boolean stls) {
    return lines(
        Arrays.stream(Verb.values())
            .filter(verb -> verb.possible(loggedIn) && (stls || verb != Verb.STLS))
            .map(Manual::line));
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
