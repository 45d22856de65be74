package me.ehlo.script;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A conversation as it stands in a file: what the house is like, who says what, and what is true afterwards.
 *
 * @param name the file's, as it is told to people
 * @param exchanges the client's words and the answers to them, in turn; the first one has no words, only the greeting
 */
public record Script(
    String name,
    Protocol protocol,
    List<Given> givens,
    List<Exchange> exchanges,
    List<Then> thens) {

  public Script {
    givens = List.copyOf(givens);
    exchanges = List.copyOf(exchanges);
    thens = List.copyOf(thens);
  }

  /** The language of a script; the end of its file's name tells. */
  public enum Protocol {
    SMTP,
    POP3
  }

  /** Something that the house is like: {@code given users bob}. */
  public record Given(Place place, String what, List<String> words, List<String> block) {

    public String word(int index) {
      if (index >= words.size()) {
        throw place.wrong("'given " + what + "' wants one word more");
      }
      return words.get(index);
    }

    public String wordsFrom(int index) {
      return String.join(" ", words.subList(index, words.size()));
    }

    public int number(int index) {
      try {
        return Integer.parseInt(word(index));
      } catch (NumberFormatException e) {
        throw place.wrong("'given " + what + "' wants a number, not " + word(index));
      }
    }
  }

  /** What the client says without waiting, or what befalls it, and then what is answered. */
  public record Exchange(List<Said> said, List<Expected> expected) {

    public byte[] octets() {
      return said.stream().map(Said::octets).collect(Collectors.joining()).getBytes(ISO_8859_1);
    }

    /** What happens before the client says anything more. */
    public List<String> events() {
      return said.stream().map(Said::event).filter(event -> !event.isEmpty()).toList();
    }

    public boolean has(String event) {
      return events().contains(event);
    }
  }

  /**
   * A line of the client, its line ending included; or an event, with no octets.
   *
   * @param octets a character each (ISO 8859-1)
   */
  public record Said(Place place, String shown, String octets, String event) {}

  /** A pattern for a line of the server. */
  public record Expected(Place place, String shown, LinePattern pattern) {}

  /** Something that is true when the conversation is over: {@code then maildrop bob is empty}. */
  public record Then(Place place, String what, List<String> block) {}

  /** A line of a script, for messages. */
  public record Place(String file, int line) {

    public BadScript wrong(String why) {
      return new BadScript(this + ": " + why);
    }

    @Override
    public String toString() {
      return file + ":" + line;
    }
  }
}
