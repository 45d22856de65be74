package me.ehlo.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What reading the sources brings to light: values and mistakes, both in the order in which people will look for them. */
final class Findings {
  private record Found(Source source, String sentence) {}

  private final List<Given> givens = new ArrayList<>();
  private final List<Found> mistakes = new ArrayList<>();

  void value(Key<?> key, String text, Source source) {
    givens.add(new Given(key, text, source, false));
  }

  /** A value for the key of this name, or for one entry of a table, as {@code relay.routes.example.org} is. */
  void value(String name, String text, Source source) {
    Optional<Key<?>> table = Keys.tableAbove(name);
    if (table.isPresent()) {
      String entry = name.substring(table.get().name().length() + 1);
      givens.add(new Given(table.get(), entry + "=" + text, source, true));
    } else {
      key(name, source).ifPresent(key -> value(key, text, source));
    }
  }

  void mistake(Source source, String sentence) {
    mistakes.add(new Found(source, sentence));
  }

  void addAll(Findings other) {
    givens.addAll(other.givens);
    mistakes.addAll(other.mistakes);
  }

  List<Given> givens() {
    return List.copyOf(givens);
  }

  List<Mistake> mistakes() {
    return mistakes.stream()
        .sorted(Comparator.comparing(Found::source, Source.ORDER))
        .map(found -> new Mistake(found.source().toString(), found.sentence()))
        .toList();
  }

  /** The key with this name, or a mistake that says what else may have been meant. */
  Optional<Key<?>> key(String name, Source source) {
    Optional<Key<?>> key = Keys.named(name);
    if (key.isEmpty()) {
      mistake(source, Unknown.key(name));
    }
    return key;
  }
}
