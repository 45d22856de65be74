package me.ehlo.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Filters as the words that cross the control socket, {@code name=value}, and back. */
final class FilterWords {
  private FilterWords() {}

  static List<String> of(Filters filters) {
    List<String> words = new ArrayList<>();
    filters.id().ifPresent(id -> words.add("id=" + id));
    filters.to().ifPresent(to -> words.add("to=" + to));
    filters.from().ifPresent(from -> words.add("from=" + from));
    filters.domain().ifPresent(domain -> words.add("domain=" + domain));
    filters.older().ifPresent(older -> words.add("older=" + older));
    filters.reason().ifPresent(reason -> words.add("reason=" + reason));
    filters.states().forEach(state -> words.add("state=" + state));
    return words;
  }

  /** Reads what {@link #of} wrote; a word of another version is an {@link IllegalArgumentException}. */
  static Filters read(List<String> words) {
    Optional<Duration> older = one(words, "older").map(Duration::parse);
    Filters filters =
        new Filters(
            one(words, "id"),
            one(words, "to"),
            one(words, "from"),
            one(words, "domain"),
            older,
            one(words, "reason"),
            all(words, "state"));
    if (!of(filters).equals(words)) {
      throw new IllegalArgumentException("a filter of another version: " + words);
    }
    return filters;
  }

  private static Optional<String> one(List<String> words, String name) {
    return all(words, name).stream().findFirst();
  }

  private static List<String> all(List<String> words, String name) {
    String start = name + "=";
    return words.stream()
        .filter(word -> word.startsWith(start))
        .map(word -> word.substring(start.length()))
        .toList();
  }
}
