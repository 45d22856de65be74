package me.ehlo.explain;

import java.util.List;
import java.util.Optional;

/**
 * What one word of a conversation means, for people.
 *
 * @param subject the word: {@code 550}, {@code 5.7.1}, {@code relaying-denied}, {@code STARTTLS}
 * @param title a few words, without capital and full stop: {@code the maildrop is full}
 * @param means one to three sentences
 * @param todo who can do what, one thing each: {@code the sender: check the spelling}; none: nothing is to be done
 * @param syntax how a command or parameter is written
 * @param see other words of the catalogue; for a reason first the number it answers with
 * @param source where it is defined: {@code RFC 5321 §4.2.3}, {@code Ehlo}
 */
public record Explanation(
    Kind kind,
    String subject,
    String title,
    String means,
    List<String> todo,
    Lasting lasting,
    Optional<String> syntax,
    List<String> see,
    String source) {

  public Explanation {
    todo = List.copyOf(todo);
    see = List.copyOf(see);
  }

  /** The same, said of one word out of those it is meant for: {@code 5.7.1} instead of {@code x.7.1}. */
  Explanation about(String word) {
    char first = word.charAt(0);
    List<String> others =
        see.stream()
            .map(other -> other.startsWith("x.") ? first + other.substring(1) : other)
            .toList();
    return new Explanation(
        kind, word, title, means, todo, Lasting.of(first), syntax, others, source);
  }
}
