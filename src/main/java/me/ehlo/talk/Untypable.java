package me.ehlo.talk;

import java.util.OptionalInt;
import me.ehlo.trace.Plain;

/** Octets that nobody means to type into a command: all below a space but Tab, and DEL. {@code /raw} sends them. */
final class Untypable {
  private Untypable() {}

  /** Where the first of them stands in a line. */
  static OptionalInt in(String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c < ' ' && c != '\t' || c == 0x7F) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** Why the line that has one there is not sent, and what would send it. */
  static String sentence(String line, int at, boolean answersChallenge) {
    int column = line.codePointCount(0, at) + 1;
    String why =
        "not sent: octet %s at column %d. "
            .formatted(Plain.typed(line.substring(at, at + 1)), column);
    if (answersChallenge) {
      return why + "No answer to a challenge has one; * gives the login up.";
    }
    boolean mayBeRepeated = !Secrecy.hasSecret(line, false) && !line.startsWith("/");
    return why
        + (mayBeRepeated
            ? "On purpose: /raw " + raw(line, at)
            : "Only /raw sends such octets, written as this one is here.");
  }

  /** No further than the octet: it may be an edit that was meant to make {@code PASS} of what stands before a password. */
  private static String raw(String line, int at) {
    String begun = Plain.typed(line.substring(0, at + 1).replace("\\", "\\\\"));
    return begun + (at + 1 < line.length() ? " ... " : "") + "\\r\\n";
  }
}
