package me.ehlo.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads what options name: a text, a file behind @, or standard input. */
final class Inputs {
  private final InputStream standard;
  private Optional<byte[]> read = Optional.empty();

  Inputs(InputStream standard) {
    this.standard = standard;
  }

  /** {@code -}: standard input; {@code @file}; {@code @@text} and any other text: itself, {@code \n} for a line's end. */
  byte[] of(String option, String value) throws Misused {
    if (value.equals("-")) {
      return standard();
    }
    if (value.startsWith("@") && !value.startsWith("@@")) {
      return file(option, value.substring(1));
    }
    String text = value.startsWith("@@") ? value.substring(1) : value;
    return text.replace("\\n", "\n").getBytes(UTF_8);
  }

  byte[] file(String option, String name) throws Misused {
    try {
      return Files.readAllBytes(path(option, name));
    } catch (NoSuchFileException e) {
      throw new Misused(option + ": there is no file " + name);
    } catch (IOException e) {
      throw new Misused(option + ": " + name + " cannot be read: " + e.getMessage());
    }
  }

  static Path path(String option, String name) throws Misused {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new Misused(option + ": \"" + name + "\" cannot be the name of a file");
    }
  }

  /** It can be read once, and may be asked for again. */
  private byte[] standard() throws Misused {
    if (read.isEmpty()) {
      try {
        read = Optional.of(standard.readAllBytes());
      } catch (IOException e) {
        throw new Misused("standard input cannot be read: " + e.getMessage());
      }
    }
    return read.get();
  }
}
