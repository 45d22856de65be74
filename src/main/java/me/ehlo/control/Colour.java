package me.ehlo.control;

import java.util.List;
import java.util.Map;

/** Whether to use colour; picocli's own rule differs in that an empty NO_COLOR counts there. */
public final class Colour {
  private Colour() {}

  /** Flags first, then the environment, then whether it is a terminal at all. */
  public static boolean wanted(
      List<String> args, Map<String, String> environment, boolean terminal) {
    if (args.contains("--no-color") || args.contains("--color=never")) {
      return false;
    }
    if (args.contains("--color=always")) {
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
}
