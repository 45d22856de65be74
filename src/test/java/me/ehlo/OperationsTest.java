package me.ehlo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import me.ehlo.explain.Catalogue;
import me.ehlo.explain.Explanation;
import me.ehlo.mail.Reason;
import org.junit.jupiter.api.Test;

/** What administrators read is all there is: every reason stands in docs/operations.md with its number. */
class OperationsTest {

  private final Catalogue catalogue = Catalogue.ours();
  private final String page = read();

  @Test
  void everyReasonIsExplained() {
    List<Reason> reasons = Reasons.numbered();
    assertThat(reasons).hasSizeGreaterThan(90);
    assertThat(reasons).extracting(Reason::id).doesNotHaveDuplicates();
    assertThat(reasons)
        .filteredOn(Reason::refuses)
        .map(this::row)
        .filteredOn(row -> !page.replace("`", "").contains(row))
        .isEmpty();
    assertThat(reasons).filteredOn(reason -> !page.contains("`" + reason.id() + "`")).isEmpty();
  }

  @Test
  void nothingIsExplainedThatIsNot() {
    List<String> ids = Reasons.numbered().stream().map(Reason::id).toList();
    assertThat(explained()).isNotEmpty().isSubsetOf(ids).doesNotHaveDuplicates();
  }

  /** A row of the tables, in the words of {@code ehlo explain}: there are no others. */
  private String row(Reason reason) {
    Explanation explanation = catalogue.reason(reason.id()).orElseThrow();
    String todo =
        explanation.todo().stream()
            .map(line -> line.substring(0, line.length() - 1))
            .collect(Collectors.joining("; "));
    return "| %s | %d %s | %s | %s|"
        .formatted(
            reason.id(),
            reason.code(),
            reason.status(),
            explanation.title(),
            todo.isEmpty() ? "" : todo + " ");
  }

  private List<String> explained() {
    String tables = page.substring(page.indexOf("## What the reasons mean"));
    return tables
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(3, line.indexOf('`', 3)))
        .toList();
  }

  private static String read() {
    try {
      return Files.readString(Path.of("docs/operations.md"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
