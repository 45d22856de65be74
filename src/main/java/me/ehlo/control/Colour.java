package me.ehlo.control;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Whether to use colour; picocli's own rule differs in that an empty NO_COLOR counts there. */
public final class Colour {
  private Colour() {}

  /** Flags first, then the environment, then whether it is a terminal at all. */
  public static boolean wanted(
      List<String> args, Map<String, String> environment, boolean terminal) {
    if (args.contains("--no-color") || says(args, "never")) {
      return false;
    }
    if (says(args, "always")) {
      return true;
    }
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return false;
    }
    if (!environment.getOrDefault("CLICOLOR_FORCE", "0").matches("0?")) {
      return true;
    }
    return terminal && !"dumb".equals(environment.get("TERM"));
  }

  private static boolean says(List<String> args, String when) {
    return args.contains("--color=" + when)
        || Collections.indexOfSubList(args, List.of("--color", when)) >= 0;
  }
}
