package me.ehlo.config;

import java.util.List;
import java.util.Optional;
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
    if (key.form() == Key.Form.LIST) {
      List<String> items = Names.parts(text).stream().map(Shown::quoted).toList();
      return "[" + String.join(", ", items) + "]";
    }
    return text.matches("\\d{1,18}|true|false") ? text : quoted(text);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
