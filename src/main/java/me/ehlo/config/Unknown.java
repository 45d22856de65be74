package me.ehlo.config;

import java.util.List;
import java.util.Optional;

/** The sentence about a key or a variable that we do not know. */
final class Unknown {
  private static final List<String> NAMES = Keys.ALL.stream().<String>map(Key::name).toList();
  private static final List<String> VARIABLES =
      Keys.ALL.stream().<String>map(Key::variable).toList();

  private Unknown() {}

  static String key(String name) {
    if (LaterKeys.include(name)) {
      return name + " is not yet in this version";
    }
    List<String> inside = NAMES.stream().filter(key -> key.startsWith(name + ".")).toList();
    if (!inside.isEmpty()) {
      return name + " is a section; its keys are " + String.join(", ", inside);
    }
    return "unknown key " + name + didYouMean(suggestion(name));
  }

  static String variable(String variable) {
    if (LaterKeys.includeVariable(variable)) {
      return "not yet in this version";
    }
    return "unknown variable" + didYouMean(Nearest.to(variable, VARIABLES));
  }

  static boolean isSection(String name) {
    return NAMES.stream().anyMatch(key -> key.startsWith(name + "."));
  }

  private static Optional<String> suggestion(String name) {
    return NAMES.stream()
        .filter(key -> key.endsWith("." + name) || name.startsWith(key + "."))
        .findFirst()
        .or(() -> Nearest.to(name, NAMES));
  }

  private static String didYouMean(Optional<String> suggestion) {
    return suggestion.map(name -> "; did you mean " + name + "?").orElse("");
  }
}
