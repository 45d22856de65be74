package me.ehlo.trace;

import java.time.Instant;

/**
 * A line of a conversation, or of what is told beside it.
 *
 * @param text without its line ending; no secrets
 */
public record Utterance(Instant at, Mark mark, String text) {

  /** The text as it is shown and kept: what a terminal would obey, and octets that are no UTF-8, as {@code \\x1b}. */
  public String shown() {
    return Plain.typed(text);
  }

  /** As it is shown and kept: the mark, a space, the text with what blanks it ends in; the mark alone where there is none. */
  public String line() {
    return text.isEmpty() ? mark.sign().stripTrailing() : mark.sign() + " " + shown();
  }
}
