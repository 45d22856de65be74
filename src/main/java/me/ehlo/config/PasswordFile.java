package me.ehlo.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A password that stands in a file of its own, on its first line; the configuration shows the file, never the password. */
record PasswordFile(Path path, String password) {

  static Optional<PasswordFile> read(String text, Surroundings surroundings) throws BadValue {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Path path = Names.folder(text, surroundings);
    return Optional.of(new PasswordFile(path, firstLine(path)));
  }

  private static String firstLine(Path path) throws BadValue {
    try {
      List<String> lines = Files.readAllLines(path);
      if (lines.isEmpty() || lines.getFirst().isEmpty()) {
        throw new BadValue("the first line of " + path + " should be the password; it is empty");
      }
      return lines.getFirst();
    } catch (NoSuchFileException e) {
      throw new BadValue("there is no file " + path);
    } catch (CharacterCodingException e) {
      throw new BadValue(path + " is not UTF-8 text");
    } catch (IOException e) {
      throw new BadValue(path + " cannot be read: " + e.getMessage());
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "PasswordFile[path=" + path + "]";
  }
}
