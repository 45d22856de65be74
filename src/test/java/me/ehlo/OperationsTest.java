package me.ehlo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import me.ehlo.mail.Reason;
import org.junit.jupiter.api.Test;

/** What administrators read is all there is: every reason stands in docs/operations.md with its number. */
class OperationsTest {

  /** Its reasons are answers to a reader at the keyboard, have no number, and are no matter of operations. */
  private static final Set<String> ELSEWHERE = Set.of("me/ehlo/pop3/");

  private static final Path CLASSES =
      Path.of(
          URI.create(Reason.class.getProtectionDomain().getCodeSource().getLocation().toString()));

  private final String page = read();

  @Test
  void everyReasonIsExplained() {
    List<Reason> reasons = reasons();
    assertThat(reasons).hasSizeGreaterThan(90);
    assertThat(reasons).extracting(Reason::id).doesNotHaveDuplicates();
    assertThat(reasons)
        .filteredOn(Reason::refuses)
        .filteredOn(reason ->
            !page.contains(
                "| `" + reason.id() + "` | " + reason.code() + " " + reason.status() + " | "))
        .isEmpty();
    assertThat(reasons).filteredOn(reason -> !page.contains("`" + reason.id() + "`")).isEmpty();
  }

  @Test
  void nothingIsExplainedThatIsNot() {
    List<String> ids = reasons().stream().map(Reason::id).toList();
    assertThat(explained()).isNotEmpty().isSubsetOf(ids).doesNotHaveDuplicates();
  }

  private List<String> explained() {
    String tables = page.substring(page.indexOf("## What the reasons mean"));
    return tables
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(3, line.indexOf('`', 3)))
        .toList();
  }

  private static List<Reason> reasons() {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files
          .map(file -> CLASSES.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && ELSEWHERE.stream().noneMatch(name::startsWith))
          .flatMap(OperationsTest::reasons)
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Stream<Reason> reasons(String file) {
    String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
    try {
      Class<?> type = Class.forName(name, false, OperationsTest.class.getClassLoader());
      return Arrays.stream(type.getDeclaredFields())
          .filter(field -> field.getType() == Reason.class)
          .filter(field -> Modifier.isStatic(field.getModifiers()))
          .map(OperationsTest::value);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static Reason value(Field field) {
    try {
      field.setAccessible(true);
      return (Reason) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static String read() {
    try {
      return Files.readString(Path.of("docs/operations.md"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
