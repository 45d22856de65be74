package me.ehlo.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every key with its value and where it came from; when a key was given a wrong value, its default stands in. */
final class Settings {
  private record Setting(String text, Source source, Object value) {}

  private final Surroundings surroundings;
  private final Map<Key<?>, Setting> settings = new HashMap<>();

  private Settings(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Reads the values given, weakest source first; what a value's own reader says against it goes to the findings. */
  static Settings of(Findings findings, Surroundings surroundings) {
    return of(Keys.ALL, findings, surroundings, findings);
  }

  /** The same for these keys alone, the others not even looked at; what speaks against a value goes to {@code wrong}. */
  static Settings of(
      List<Key<?>> keys, Findings findings, Surroundings surroundings, Findings wrong) {
    Settings settings = new Settings(surroundings);
    List<Given> givens = findings.givens();
    for (Key<?> key : keys) {
      for (Given given : givens) {
        if (given.key().equals(key)) {
          settings.read(key, given, wrong);
        }
      }
      settings.readStandard(key);
    }
    return settings;
  }

  private void read(Key<?> key, Given given, Findings findings) {
    try {
      put(key, given.entry() ? joined(key, given.text()) : given.text(), given.source());
    } catch (BadValue e) {
      findings.mistake(given.source(), key.name() + ": " + e.getMessage());
    }
  }

  /** The table that weaker sources gave, with an entry added or replaced. */
  private String joined(Key<?> key, String entry) throws BadValue {
    Setting weaker = settings.get(key);
    return weaker == null ? entry : Names.joined(weaker.text(), entry);
  }

  private void readStandard(Key<?> key) {
    if (settings.containsKey(key)) {
      return;
    }
    try {
      put(key, key.standard().apply(this), Source.STANDARD);
    } catch (BadValue e) {
      throw new IllegalStateException("the default of " + key.name() + " is wrong", e);
    }
  }

  private void put(Key<?> key, String text, Source source) throws BadValue {
    String value = text.strip();
    settings.put(key, new Setting(value, source, key.reader().read(value, surroundings)));
  }

  Surroundings surroundings() {
    return surroundings;
  }

  String text(Key<?> key) {
    return setting(key).text();
  }

  Source source(Key<?> key) {
    return setting(key).source();
  }

  @SuppressWarnings("unchecked") // put() stores under a key what that key's own reader made
  <T> T get(Key<T> key) {
    return (T) setting(key).value();
  }

  private Setting setting(Key<?> key) {
    Setting setting = settings.get(key);
    if (setting == null) {
      throw new IllegalStateException(key.name() + " is asked for before it is read");
    }
    return setting;
  }
}
