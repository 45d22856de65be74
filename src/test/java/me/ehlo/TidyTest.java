package me.ehlo;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The style as a test, over the text of the sources.
 *
 * <p>Each test collects every offence, with its file and line, so that one run shows all there is to mend.
 */
class TidyTest {

  /** Files that are longer than the rule, and how long each may be. The numbers only go down. */
  private static final Map<String, Integer> LONGER = Map.of();

  private static final int LINES_MAX = 400;

  /** Where catching everything is right, because a conversation or a loop ends there. File names. */
  private static final Set<String> CATCH_ALL = Set.of();

  private static final Path ROOT = Path.of("").toAbsolutePath();
  private static final Path MAIN = ROOT.resolve("src/main/java/me/ehlo");
  private static final String SELF = "TidyTest.java";

  private static final Set<String> NOT_OURS = Set.of(".git", "target", "data", ".idea", ".vscode");
  private static final Pattern TEXT =
      Pattern.compile(
          ".*\\.(java|md|sql|tsv|xml|toml|sh|py|txt|yml|properties|config)"
              + "|(.*/)?(ehlo|mvnw|Makefile|run|find-jdk|\\.gitignore)");

  private final List<Source> texts = read();
  private final List<Source> java = texts.stream().filter(named(".*\\.java")).toList();
  private final List<Source> main = java.stream().filter(named("src/main/.*")).toList();
  private final List<Source> tests = java.stream().filter(named(".*src/test/.*")).toList();

  @Test
  void noTabsAndNoTrailingSpace() {
    List<Source> here =
        texts.stream()
            .filter(not(named(".*(Makefile|mvnw|\\.tsv)|src/test/resources/.*")))
            .toList();

    assertThat(offences(here, "\t")).as("tabs").isEmpty();
    assertThat(offences(texts.stream().filter(not(named(".*\\.tsv"))).toList(), "[ \t]$"))
        .as("spaces at the end of a line")
        .isEmpty();
  }

  @Test
  void noFileIsLong() {
    assertThat(java)
        .filteredOn(source -> source.length() > LONGER.getOrDefault(source.name(), LINES_MAX))
        .extracting(source -> source.path() + ": " + source.length() + " lines")
        .isEmpty();
    assertThat(LONGER.keySet())
        .as("exceptions that are still needed")
        .isSubsetOf(
            java.stream().filter(source -> source.length() > LINES_MAX).map(Source::name).toList());
  }

  @Test
  void noRoomHasANameThatSaysNothing() {
    assertThat(java)
        .filteredOn(named(".*/(util|utils|common|impl|helper|manager|service)s?/.*"))
        .isEmpty();
  }

  @Test
  void nothingIsLeftForLater() {
    List<Source> ours = texts.stream().filter(not(named("mvnw"))).toList();

    assertThat(offences(ours, "\\b(TODO|FIXME|XXX)\\b")).isEmpty();
  }

  @Test
  void nobodyCatchesEverythingToBeSafe() {
    List<Source> here = main.stream().filter(source -> !CATCH_ALL.contains(source.name())).toList();

    assertThat(offences(here, "catch \\((final )?(Exception|Throwable)\\b")).isEmpty();
  }

  @Test
  void noTestSleepsOrIsSwitchedOff() {
    assertThat(offences(tests, "Thread\\.sleep\\(|@Disabled|\\bassum(e|ing)[A-Z]\\w*\\("))
        .isEmpty();
  }

  @Test
  void everyPackageIsNullMarked() {
    List<String> described =
        main.stream()
            .filter(named(".*/package-info\\.java"))
            .filter(source -> source.text().contains("@NullMarked\npackage "))
            .map(Source::folder)
            .toList();

    assertThat(main.stream().map(Source::folder).distinct())
        .filteredOn(folder -> !described.contains(folder))
        .isEmpty();
  }

  @Test
  void everyTypeOpensWithASentence() {
    Pattern opening =
        Pattern.compile(
            "(?ms)^package .*?^/\\*\\*\\s.*?[.:].*?\\*/\\n(?=(@|public |final |sealed |abstract |non-sealed |class |record"
                + " |interface |enum ))");

    assertThat(main)
        .filteredOn(not(named(".*/package-info\\.java")))
        .filteredOn(source -> !opening.matcher(source.text()).find())
        .extracting(Source::path)
        .isEmpty();
  }

  @Test
  void nothingNamesAPlaceOnOneMachine() {
    assertThat(offences(texts, "(?<![\\w.$}*-])/(work|root)/")).isEmpty();
  }

  @Test
  void decisionsAreDated() {
    assertThat(under("docs/decisions"))
        .allSatisfy(path ->
            assertThat(path.getFileName().toString())
                .matches("\\d{4}-\\d\\d-\\d\\d-[a-z0-9]+(-[a-z0-9]+)*\\.md"));
  }

  @Test
  void thePlanShowsEveryRoom() {
    Optional<Source> plan = text("docs/architecture.md");
    List<String> rooms = main.stream().map(Source::room).distinct().toList();

    assertThat(rooms)
        .filteredOn(room -> plan.isPresent() && !room.isEmpty())
        .filteredOn(room -> !plan.get().text().matches("(?s).*[\\s`]" + room + "[/`\\s].*"))
        .isEmpty();
  }

  @Test
  void theListOfRfcsIsWellFormed() {
    // number, title, how far, rooms, and what there is to say about it
    Predicate<String> wellFormed =
        Pattern.compile("\\d+\t[^\t]+\t(yes|partial|no)\t[^\t]*(\t[^\t]*)?").asMatchPredicate();

    assertThat(text("docs/rfc.tsv").map(Source::lines).orElse(List.of()))
        .filteredOn(line -> !line.startsWith("#") && !line.startsWith("rfc\t"))
        .filteredOn(not(wellFormed))
        .isEmpty();
  }

  private Optional<Source> text(String path) {
    return texts.stream().filter(source -> source.path().equals(path)).findFirst();
  }

  private static List<String> offences(List<Source> sources, String pattern) {
    Pattern offence = Pattern.compile(pattern);
    return sources.stream()
        .filter(source -> !source.name().equals(SELF))
        .flatMap(source ->
            IntStream.range(0, source.lines().size())
                .filter(i -> offence.matcher(source.lines().get(i)).find())
                .mapToObj(i -> source.path() + ":" + (i + 1) + ": " + source.lines().get(i)))
        .toList();
  }

  private static Predicate<Source> named(String pattern) {
    Predicate<String> matches = Pattern.compile(pattern).asMatchPredicate();
    return source -> matches.test(source.path());
  }

  private static List<Path> under(String folder) {
    Path start = ROOT.resolve(folder);
    if (!Files.exists(start)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(start)) {
      return paths.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Source> read() {
    List<Source> sources = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT)) {
      top.filter(path -> !NOT_OURS.contains(path.getFileName().toString()))
          .flatMap(path -> under(ROOT.relativize(path).toString()).stream())
          .filter(path -> !ROOT.relativize(path).toString().contains("/target/"))
          .filter(path -> TEXT.matcher(ROOT.relativize(path).toString()).matches())
          .map(Source::of)
          .forEach(sources::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  /** A file of the project, by its path from the root. */
  record Source(String path, String text, List<String> lines) {

    static Source of(Path file) {
      try {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        return new Source(ROOT.relativize(file).toString(), text, text.lines().toList());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    int length() {
      return lines.size();
    }

    String folder() {
      return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** The room of a source file, as a path: smtp/server. */
    String room() {
      return MAIN.relativize(ROOT.resolve(folder())).toString();
    }

    @Override
    public String toString() {
      return path;
    }
  }
}
