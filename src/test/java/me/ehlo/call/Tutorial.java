package me.ehlo.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What is said on a page about telnet, by the server and by whoever types: see the README beside the files. */
public record Tutorial(String name, List<Step> steps) {
  private static final Path FOLDER = Path.of("src/test/resources/tutorials");

  /** A line of the file: {@code S: 250 Ok}. */
  record Step(char kind, String words) {
    private static Step read(String line) {
      return new Step(line.charAt(0), line.substring(2).stripLeading().replace("\\s", " "));
    }

    boolean isTyped() {
      return kind == 'C' || kind == 'c';
    }

    boolean isReply() {
      return kind == 'S' || kind == 's';
    }
  }

  /** All of them. */
  public static List<Tutorial> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".txt"))
          .sorted()
          .map(name -> name.substring(0, name.length() - ".txt".length()))
          .map(Tutorial::of)
          .toList();
    }
  }

  /** The one of this name. */
  public static Tutorial of(String name) {
    try {
      return new Tutorial(
          name,
          Files.readAllLines(FOLDER.resolve(name + ".txt"), UTF_8).stream()
              .filter(line -> !line.startsWith("#"))
              .map(Step::read)
              .toList());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What stands in the lines of these kinds. */
  public List<String> words(String kinds) {
    return steps.stream().filter(step -> kinds.indexOf(step.kind()) >= 0).map(Step::words).toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
