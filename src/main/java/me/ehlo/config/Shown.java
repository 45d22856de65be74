package me.ehlo.config;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The configuration as {@code config show} prints it: a valid file, without passwords. */
final class Shown {
  private static final int COMMENT_COLUMN = 52;

  private final Settings settings;
  private final Optional<String> file;

  Shown(Settings settings, Optional<String> file) {
    this.settings = settings;
    this.file = file;
  }

  @Override
  public String toString() {
    String from = file.map(path -> "# read from " + path).orElse("# no file; see ehlo help config");
    return Keys.ALL.stream().map(this::line).collect(Collectors.joining("\n", from + "\n\n", "\n"));
  }

  private String line(Key<?> key) {
    String assignment = key.name() + " = " + value(key);
    String padding = " ".repeat(Math.max(2, COMMENT_COLUMN - assignment.length()));
    return assignment + padding + "# " + settings.source(key) + ": " + key.meaning();
  }

  private String value(Key<?> key) {
    String text = StoreUrl.masked(settings.text(key));
    return switch (key.form()) {
      case ONE -> text.matches("\\d{1,18}|true|false") ? text : quoted(text);
      case LIST -> items(text, "[", "]", Shown::quoted);
      case TABLE -> items(text, "{", "}", Shown::entry);
    };
  }

  private static String items(String text, String open, String close, UnaryOperator<String> shown) {
    return Names.parts(text).stream().map(shown).collect(Collectors.joining(", ", open, close));
  }

  private static String entry(String entry) {
    int equals = entry.indexOf('=');
    return quoted(entry.substring(0, equals).strip())
        + " = "
        + quoted(entry.substring(equals + 1).strip());
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
