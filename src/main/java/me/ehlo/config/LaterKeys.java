package me.ehlo.config;

import java.util.List;

/** Keys that are promised but not built: whoever sets one early is told so, not sent looking for a spelling mistake. */
final class LaterKeys {
  private static final List<String> NAMES = List.of("listen.console", "trace.keep");

  private LaterKeys() {}

  /** Whether this names such a key, or something below one (a route). */
  static boolean include(String name) {
    return NAMES.stream().anyMatch(later -> name.equals(later) || name.startsWith(later + "."));
  }

  static boolean includeVariable(String variable) {
    return NAMES.stream().anyMatch(later -> variable.equals(Key.variable(later)));
  }
}
