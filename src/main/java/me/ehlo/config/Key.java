package me.ehlo.config;

import java.util.Locale;
import java.util.function.Function;

/**
 * One key of the configuration.
 *
 * <p>Whatever the source, a value is text first and is read by the one {@code reader}: the file, the environment and
 * the command line cannot come to differ.
 *
 * @param name as in the file, such as {@code smtp.size-max}
 * @param standard its text when nobody sets it, which may follow from the keys before it
 * @param meaning one line for {@code config show}
 * @param form whether it holds one value or several
 */
record Key<T>(
    String name, Function<Settings, String> standard, String meaning, Form form, Reader<T> reader) {

  /** How many values a key takes. */
  enum Form {
    ONE,
    LIST,
    /** Named entries, written {@code name=value} with commas between; each can also be set by itself, {@code key.name}. */
    TABLE
  }

  /** Makes a value of its text. */
  @FunctionalInterface
  interface Reader<T> {
    T read(String text, Surroundings surroundings) throws BadValue;
  }

  /** The variable that sets it: {@code EHLO_SMTP_SIZE_MAX}. */
  String variable() {
    return variable(name);
  }

  static String variable(String name) {
    return "EHLO_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
