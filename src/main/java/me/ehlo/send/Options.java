package me.ehlo.send;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.call.Fitting;

/** What was typed behind {@code ehlo send}: options by their long names, in the order in which they stand there. */
record Options(List<Map.Entry<String, String>> typed) {
  private static final int DIGITS_MAX = 6;

  Options {
    typed = List.copyOf(typed);
  }

  /** Refuses what does not fit. */
  void refuseAllBut(Fitting fitting) throws Misused {
    Optional<String> refusal = fitting.refusal(typed.stream().map(Map.Entry::getKey).toList());
    if (refusal.isPresent()) {
      throw new Misused(refusal.get());
    }
  }

  boolean has(String... names) {
    return typed.stream().anyMatch(option -> Arrays.asList(names).contains(option.getKey()));
  }

  /** Its last value. */
  Optional<String> last(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** All its values. */
  List<String> all(String name) {
    return typed.stream()
        .filter(option -> option.getKey().equals(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** All its values, those between commas one by one. */
  List<String> list(String name) {
    return all(name).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /** A number from 1 to this. */
  Optional<Integer> number(String name, int most) throws Misused {
    Optional<String> text = last(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(number(name, text.get(), most));
  }

  static int number(String name, String text, int most) throws Misused {
    boolean digits =
        !text.isEmpty()
            && text.length() <= DIGITS_MAX
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int number = digits ? Integer.parseInt(text) : 0;
    if (number < 1 || number > most) {
      throw new Misused(name + ": \"" + text + "\" is no number from 1 to " + most);
    }
    return number;
  }

  /** A time as swaks takes it: 30, 30s, 5m, 1h. */
  Optional<Duration> time(String name) throws Misused {
    Optional<String> text = last(name);
    if (text.isEmpty() || text.get().isEmpty()) {
      return Optional.empty();
    }
    String value = text.get();
    char unit = Character.toLowerCase(value.charAt(value.length() - 1));
    int seconds =
        switch (unit) {
          case 'm' -> 60;
          case 'h' -> 3600;
          default -> 1;
        };
    boolean named = unit == 's' || unit == 'm' || unit == 'h';
    String digits = named ? value.substring(0, value.length() - 1) : value;
    return Optional.of(Duration.ofSeconds((long) number(name, digits, 86_400) * seconds));
  }
}
