package me.ehlo.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads a TOML file: every value it gives, and every mistake with its line and column. */
final class ConfigFile {
  private final Path path;
  private final Findings findings = new Findings();

  private ConfigFile(Path path) {
    this.path = path;
  }

  static Findings read(Path path) {
    ConfigFile file = new ConfigFile(path);
    try {
      file.read(Toml.parse(Files.readString(path)));
    } catch (NoSuchFileException e) {
      file.wrong("no such file");
    } catch (CharacterCodingException e) {
      file.wrong("the file is not UTF-8 text");
    } catch (IOException e) {
      file.wrong("the file cannot be read: " + e.getMessage());
    }
    return file.findings;
  }

  private void wrong(String sentence) {
    findings.mistake(Source.of(path.toString()), sentence);
  }

  private void read(TomlParseResult toml) {
    for (TomlParseError error : toml.errors()) {
      findings.mistake(source(error.position()), sentence(error));
    }
    for (List<String> name : toml.keyPathSet(true)) {
      TomlPosition position = toml.inputPositionOf(name);
      Object value = toml.get(name);
      if (position != null && value != null) {
        read(String.join(".", name), value, source(position));
      }
    }
  }

  private void read(String name, Object value, Source source) {
    // The keys inside a table come by themselves; only an empty one is a key's place taken by
    // mistake.
    if (value instanceof TomlTable table && (!table.isEmpty() || Unknown.isSection(name))) {
      return;
    }
    if (Keys.tableAbove(name).isEmpty()) {
      findings.key(name, source).ifPresent(key -> read(key, value, source));
    } else if (value instanceof String text) {
      findings.value(name, text, source);
    } else {
      findings.mistake(source, name + " takes a text in quotes");
    }
  }

  private void read(Key<?> key, Object value, Source source) {
    switch (value) {
      case TomlTable _ when key.form() == Key.Form.TABLE -> findings.value(key, "", source);
      case TomlTable _ -> findings.mistake(source, key.name() + " is a key, not a section");
      case TomlArray array when key.form() == Key.Form.ONE ->
          findings.mistake(source, key.name() + " takes one value, not a list");
      case TomlArray array -> readList(key, array, source);
      default -> findings.value(key, value.toString(), source);
    }
  }

  private void readList(Key<?> key, TomlArray array, Source source) {
    List<String> items = new ArrayList<>();
    for (Object item : array.toList()) {
      if (!(item instanceof String text)) {
        findings.mistake(source, key.name() + " takes a list of texts in quotes");
        return;
      }
      items.add(text);
    }
    findings.value(key, String.join(",", items), source);
  }

  private Source source(TomlPosition position) {
    return new Source(path.toString(), position.line(), position.column());
  }

  private static String sentence(TomlParseError error) {
    String message = String.valueOf(error.getMessage());
    boolean bareText =
        message.contains("expected a value") || message.contains("expected a newline");
    return bareText ? message + " (a text stands in quotes, such as \"5m\")" : message;
  }
}
