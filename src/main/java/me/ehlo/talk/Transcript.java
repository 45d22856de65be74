package me.ehlo.talk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Utterance;

/**
 * Keeps what was said, without secrets: in memory, and in a file that is there after every line.
 *
 * <p>Explanations are not kept: they can be had again. A file that cannot be written is told of once and done without.
 */
final class Transcript implements AutoCloseable {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT);
  private static final String SUFFIX = ".txt";
  private static final int UTTERANCES_MAX = 100_000;

  private final List<Utterance> said = new ArrayList<>();
  private final boolean replaces;
  private Optional<Path> place;
  private Optional<BufferedWriter> file = Optional.empty();
  private Optional<String> trouble = Optional.empty();

  /**
   * @param place the file, made when the first line is kept; empty: none
   * @param replaces whether a file that is there is written anew; otherwise {@code t.txt} becomes {@code t-2.txt}
   */
  Transcript(Optional<Path> place, boolean replaces) {
    this.place = place;
    this.replaces = replaces;
  }

  /** In the file that was named, or in one of its own: {@code 20261121-234011-mail.example.org.txt}. */
  static Transcript of(Settings settings, Instant now) {
    String name =
        NAME.format(now.atZone(ZoneId.systemDefault()))
            + "-"
            + settings.target().name().replaceAll("[^A-Za-z0-9._-]", "_")
            + SUFFIX;
    return settings.transcript().isPresent()
        ? new Transcript(settings.transcript(), true)
        : new Transcript(settings.transcripts().map(folder -> folder.resolve(name)), false);
  }

  /** A file's name for people, the home folder as ~. */
  static String shown(Path place) {
    Path home = Path.of(System.getProperty("user.home", "/"));
    return place.startsWith(home) && home.getNameCount() > 0
        ? "~/" + home.relativize(place)
        : place.toString();
  }

  synchronized void keep(Utterance utterance) {
    if (utterance.mark() == Mark.ADVICE) {
      return;
    }
    if (said.size() < UTTERANCES_MAX) {
      said.add(utterance);
    }
    if (place.isPresent() && trouble.isEmpty()) {
      write(place.get(), utterance);
    }
  }

  /** All that was said so far, the first {@value #UTTERANCES_MAX} lines. */
  synchronized List<Utterance> said() {
    return List.copyOf(said);
  }

  /** Where it is kept, if it is. */
  synchronized Optional<Path> place() {
    return trouble.isEmpty() && file.isPresent() ? place : Optional.empty();
  }

  /** Why it is not kept although it should be, as a sentence. */
  synchronized Optional<String> trouble() {
    return trouble;
  }

  @Override
  public synchronized void close() {
    try {
      if (file.isPresent()) {
        file.get().close();
      }
    } catch (IOException e) {
      trouble = Optional.of(sentence(e));
    }
  }

  private void write(Path to, Utterance utterance) {
    try {
      if (file.isEmpty()) {
        file = Optional.of(open(to));
      }
      BufferedWriter writer = file.get();
      writer.write(utterance.line());
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      trouble = Optional.of(sentence(e));
    }
  }

  private static String sentence(IOException e) {
    return "The transcript cannot be kept: " + e.getMessage();
  }

  private BufferedWriter open(Path to) throws IOException {
    Path folder = to.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path made = replaces && Files.exists(to) ? to : made(to);
    place = Optional.of(made);
    return Files.newBufferedWriter(
        made, UTF_8, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** A new file, which nobody else reads: this one, or if there is one, that of the next number. */
  private static Path made(Path wanted) throws IOException {
    String name = String.valueOf(wanted.getFileName());
    String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    Path path = wanted;
    for (int next = 2; ; next++) {
      try {
        return Files.createFile(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } catch (FileAlreadyExistsException e) {
        path = wanted.resolveSibling(stem + "-" + next + SUFFIX);
      }
    }
  }
}
