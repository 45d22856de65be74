package me.ehlo.conversation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A conversation as it stands in a file: what the house is like, who says what, and what is true afterwards.
 *
 * @param name the file's path below {@code conversations/}
 * @param exchanges the client's words and the answers to them, in turn; the first one has no words, only the greeting
 */
record Script(
    String name,
    Protocol protocol,
    List<Given> givens,
    List<Exchange> exchanges,
    List<Then> thens) {

  enum Protocol {
    SMTP,
    POP3
  }

  /** Something that the house is like: {@code given users bob}. */
  record Given(Place place, String what, List<String> words, List<String> block) {

    String word(int index) {
      if (index >= words.size()) {
        throw place.wrong("'given " + what + "' wants one word more");
      }
      return words.get(index);
    }

    String wordsFrom(int index) {
      return String.join(" ", words.subList(index, words.size()));
    }

    int number(int index) {
      try {
        return Integer.parseInt(word(index));
      } catch (NumberFormatException e) {
        throw place.wrong("'given " + what + "' wants a number, not " + word(index));
      }
    }
  }

  /** What the client says without waiting, or what befalls it, and then what is answered. */
  record Exchange(List<Said> said, List<Expected> expected) {

    byte[] octets() {
      return said.stream().map(Said::octets).collect(Collectors.joining()).getBytes(ISO_8859_1);
    }

    /** What happens before the client says anything more. */
    List<String> events() {
      return said.stream().map(Said::event).filter(event -> !event.isEmpty()).toList();
    }

    boolean has(String event) {
      return events().contains(event);
    }
  }

  /**
   * A line of the client, its line ending included; or an event, with no octets.
   *
   * @param octets a character each (ISO 8859-1)
   */
  record Said(Place place, String shown, String octets, String event) {}

  /** A pattern for a line of the server. */
  record Expected(Place place, String shown, Pattern pattern) {}

  /** How a line of the server must look. */
  sealed interface Pattern {

    /** {@code ...}: any number of lines. */
    record AnyLines() implements Pattern {}

    /** One line, as a regular expression of the whole of it. */
    record OneLine(java.util.regex.Pattern regex) implements Pattern {}
  }

  /** Something that is true when the conversation is over: {@code then maildrop bob is empty}. */
  record Then(Place place, String what, List<String> block) {}

  /** A line of a script, for messages. */
  record Place(String file, int line) {

    ScriptError wrong(String why) {
      return new ScriptError(this + ": " + why);
    }

    @Override
    public String toString() {
      return file + ":" + line;
    }
  }

  /** A script that cannot be read. */
  static final class ScriptError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScriptError(String message) {
      super(message);
    }
  }
}
