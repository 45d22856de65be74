package me.ehlo.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.mail.Parsed;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a conversation as it was kept: in swaks' notation, a line each, or as {@code /save} writes JSON.
 *
 * <p>What a mark cannot tell is lost: spaces at the end of a line, and in swaks' notation when something was said.
 */
public final class TranscriptReader {
  private static final int SIGN = 3;
  private static final JsonFactory FACTORY = JsonFactory.builder().build();

  private TranscriptReader() {}

  /** All that was said, in order, the n-th line the n-th; or a clause that says which line is none. */
  public static Parsed<List<Utterance>> read(String text) {
    return text.stripLeading().startsWith("{") ? json(text) : lines(text.stripTrailing());
  }

  private static Parsed<List<Utterance>> lines(String text) {
    List<Utterance> said = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Optional<Mark> mark = mark(line.length() < SIGN ? line : line.substring(0, SIGN));
      if (mark.isEmpty()) {
        return new Parsed.Wrong<>("line " + (said.size() + 1) + " begins with no mark of swaks");
      }
      String rest = line.substring(Math.min(line.length(), SIGN + 1));
      said.add(new Utterance(Instant.EPOCH, mark.get(), rest));
    }
    return said.isEmpty() ? new Parsed.Wrong<>("it is empty") : new Parsed.Right<>(said);
  }

  /** Objects with a mark and a text, in whatever stands around them. */
  private static Parsed<List<Utterance>> json(String text) {
    List<Utterance> said = new ArrayList<>();
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case START_OBJECT -> fields.clear();
          case VALUE_STRING -> fields.put(String.valueOf(parser.currentName()), parser.getString());
          case END_OBJECT -> utterance(fields).ifPresent(said::add);
          default -> {} // names are asked for beside their values; nothing else is of interest
        }
      }
    } catch (JacksonException e) {
      return new Parsed.Wrong<>("it is no JSON: " + e.getOriginalMessage());
    }
    return said.isEmpty()
        ? new Parsed.Wrong<>("nothing in it has a mark of swaks and a text")
        : new Parsed.Right<>(said);
  }

  private static Optional<Utterance> utterance(Map<String, String> fields) {
    String text = fields.getOrDefault("text", "");
    Optional<Mark> mark = mark(fields.getOrDefault("mark", "?"));
    fields.clear();
    return mark.map(it -> new Utterance(Instant.EPOCH, it, text));
  }

  private static Optional<Mark> mark(String sign) {
    for (Mark mark : Mark.values()) {
      if (mark.sign().strip().equals(sign.strip())) {
        return Optional.of(mark);
      }
    }
    return Optional.empty();
  }
}
