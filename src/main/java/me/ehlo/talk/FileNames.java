package me.ehlo.talk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files as people name them behind an order: {@code ~/} is the home folder, and Tab goes on with what is there. */
final class FileNames {
  private static final List<String> ORDERS = List.of("/script ", "/file ", "/save ", "/cert save ");
  private static final int NAMES_MAX = 500;

  private FileNames() {}

  /**
   * The file of this name.
   *
   * @throws InvalidPathException if it is none
   */
  static Path path(String name) {
    return Path.of(
        name.startsWith("~/") ? System.getProperty("user.home") + name.substring(1) : name);
  }

  /** Whether a file's name is what comes next. */
  static boolean arePartOf(String begun) {
    return ORDERS.stream().anyMatch(begun::startsWith);
  }

  /** What the whole line may become; folders end in a slash. */
  static List<String> completing(String begun) {
    String order = ORDERS.stream().filter(begun::startsWith).findFirst().orElse("");
    String name = begun.substring(order.length());
    String folder = name.substring(0, name.lastIndexOf('/') + 1);
    String beginning = name.substring(folder.length());
    try (Stream<Path> there = Files.list(path(folder.isEmpty() ? "." : folder))) {
      return there
          .filter(file -> isMeant(String.valueOf(file.getFileName()), beginning))
          .map(file -> order + folder + file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
          .sorted()
          .limit(NAMES_MAX)
          .toList();
    } catch (IOException | InvalidPathException e) {
      return List.of(); // there is no such folder, or nobody may look into it
    }
  }

  /** Hidden files are for those who ask for them. */
  private static boolean isMeant(String file, String beginning) {
    return file.startsWith(beginning) && (!file.startsWith(".") || beginning.startsWith("."));
  }
}
