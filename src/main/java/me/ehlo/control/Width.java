package me.ehlo.control;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much room a line has. */
public final class Width {
  private static final Pattern COLUMNS = Pattern.compile("[1-9]\\d{0,3}");
  private static final Pattern SIZE = Pattern.compile("\\d+ ([1-9]\\d{0,3})\\s*");

  private Width() {}

  /** What COLUMNS says (POSIX.1-2024, base definitions §8.3), else the terminal; empty: nobody knows. */
  public static OptionalInt of(Map<String, String> environment, Keyboard keyboard) {
    String columns = environment.getOrDefault("COLUMNS", "");
    return COLUMNS.matcher(columns).matches()
        ? OptionalInt.of(Integer.parseInt(columns))
        : keyboard.columns();
  }

  /** Asks the terminal that is our standard input, as every system has a program for. */
  static OptionalInt ofTerminal() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Redirect.INHERIT)
              .redirectError(Redirect.DISCARD)
              .start();
      String said = new String(stty.getInputStream().readAllBytes(), US_ASCII);
      Matcher size = SIZE.matcher(said);
      return size.matches() ? OptionalInt.of(Integer.parseInt(size.group(1))) : OptionalInt.empty();
    } catch (IOException e) {
      return OptionalInt.empty(); // no such program
    }
  }
}
