package me.ehlo.trace;

import java.time.Instant;

/**
 * A line of a conversation, or of what is told beside it.
 *
 * @param text without its line ending; no secrets, and no character that a terminal would obey
 */
public record Utterance(Instant at, Mark mark, String text) {

  /** As it is shown and kept: the mark, a space, the text with what blanks it ends in; the mark alone where there is none. */
  public String line() {
    return text.isEmpty() ? mark.sign().stripTrailing() : mark.sign() + " " + text;
  }
}
