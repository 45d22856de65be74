package me.ehlo;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import me.ehlo.mail.Reason;
import org.junit.jupiter.api.Test;

/** What administrators read is all there is: every reason stands in docs/operations.md with its number. */
class OperationsTest {

  /** Its reasons are answers to a reader at the keyboard, have no number, and are no matter of operations. */
  private static final Set<String> ELSEWHERE = Set.of("me.ehlo.pop3");

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
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("me.ehlo").stream()
            .filter(type -> !ELSEWHERE.contains(type.getPackageName()))
            .flatMap(OperationsTest::reasons)
            .toList();
  }

  private static Stream<Reason> reasons(JavaClass type) {
    return type.getFields().stream()
        .filter(field -> field.getRawType().isEquivalentTo(Reason.class))
        .filter(field -> field.getModifiers().toString().contains("STATIC"))
        .map(field -> value(field.reflect()));
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
