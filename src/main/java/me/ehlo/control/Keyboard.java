package me.ehlo.control;

import java.io.Console;
import java.util.Optional;
import java.util.OptionalInt;

/** Somebody at a terminal who can be asked; a test types in its own way. */
public interface Keyboard {

  /** Whether there is anybody: standard input and output are a terminal. */
  boolean isThere();

  /** Shows the prompt and reads a line; empty when the input has ended. */
  Optional<String> line(String prompt);

  /** The same, without showing what is typed. */
  Optional<String> secret(String prompt);

  /** How many columns the terminal has; empty: there is none, or it does not say. */
  OptionalInt columns();

  /** The terminal of this process. */
  static Keyboard ofProcess() {
    // Null without a terminal on some JDKs, a console that is none on others.
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .<Keyboard>map(OfConsole::new)
        .orElseGet(Nobody::new);
  }

  /** A terminal. */
  record OfConsole(Console console) implements Keyboard {
    @Override
    public boolean isThere() {
      return true;
    }

    @Override
    public Optional<String> line(String prompt) {
      return Optional.ofNullable(console.readLine("%s", prompt));
    }

    @Override
    public Optional<String> secret(String prompt) {
      return Optional.ofNullable(console.readPassword("%s", prompt)).map(String::new);
    }

    @Override
    public OptionalInt columns() {
      return Width.ofTerminal();
    }
  }

  /** A script, a pipe, a scheduler. */
  record Nobody() implements Keyboard {
    @Override
    public boolean isThere() {
      return false;
    }

    @Override
    public Optional<String> line(String prompt) {
      return Optional.empty();
    }

    @Override
    public Optional<String> secret(String prompt) {
      return Optional.empty();
    }

    @Override
    public OptionalInt columns() {
      return OptionalInt.empty();
    }
  }
}
