package me.ehlo.talk;

import java.util.Base64;
import java.util.Optional;
import me.ehlo.trace.Plain;

/** Reads what a server says in Base64. */
final class Challenge {
  private static final int SHOWN_MAX = 200;

  private Challenge() {}

  /** As a person may see it, at most {@value #SHOWN_MAX} characters; empty if it is not Base64. */
  static Optional<String> decoded(String text) {
    try {
      String said = Plain.text(Base64.getDecoder().decode(text)).strip();
      return Optional.of(said.length() > SHOWN_MAX ? said.substring(0, SHOWN_MAX) + "..." : said);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
