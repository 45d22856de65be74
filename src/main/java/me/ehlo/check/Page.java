package me.ehlo.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import me.ehlo.check.Report.Cell;
import me.ehlo.check.Report.Row;
import me.ehlo.trace.Plain;

/** A report as people read it: the table, how much there is to do, and what, the most important first. */
public final class Page {
  static final int WIDTH_LEAST = 40;
  private static final int CHECK_WIDTH = 10;
  private static final int INDENT = 2 + 2 + 8; // margin, sign, word

  private final int width;
  private final boolean unicode;
  private final Paint paint;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param width of the screen, in columns
   * @param unicode whether signs that are not ASCII can be shown
   */
  public Page(int width, boolean unicode, boolean colour) {
    this.width = Math.max(WIDTH_LEAST, width);
    this.unicode = unicode;
    this.paint = new Paint(colour);
  }

  /**
   * The lines of the page.
   *
   * @param all whether what is fine is told too
   */
  public List<String> lines(Report report, boolean all) {
    lines.clear();
    table(report);
    summary(report, all);
    merged(report.findings())
        .forEach((finding, places) -> {
          if (all || !isFine(finding.result())) {
            finding(finding, places, report.subject());
          }
        });
    return List.copyOf(lines);
  }

  private static boolean isFine(Result result) {
    return result == Result.OK || result == Result.SKIP;
  }

  private void table(Report report) {
    if (report.rows().isEmpty()) {
      return;
    }
    List<Integer> columns =
        IntStream.range(0, report.columns().size())
            .filter(i -> !isObvious(report, i))
            .boxed()
            .toList();
    List<String> titles = columns.stream().map(report.columns()::get).toList();
    List<Row> rows = report.rows().stream().map(row -> only(columns, row)).toList();
    Grid grid = new Grid(report.corner(), titles, rows);
    if (grid.width() <= width) {
      lines.addAll(grid.lines(paint));
    } else {
      rows.forEach(row -> stacked(titles, row));
    }
    boolean starred =
        report.rows().stream()
            .flatMap(row -> row.cells().stream())
            .anyMatch(cell -> cell.text().endsWith("*"));
    if (starred) {
      wrapped("* ", "a deliberate greet delay, not slowness", 2);
    }
    lines.add("");
  }

  /** That the DNS has answered for every host goes without saying. */
  private static boolean isObvious(Report report, int column) {
    return report.columns().get(column).equals(Stage.ANSWER.title())
        && report.rows().stream().allMatch(row -> row.cells().get(column).result() == Result.OK);
  }

  private static Row only(List<Integer> columns, Row row) {
    return new Row(row.title(), row.place(), columns.stream().map(row.cells()::get).toList());
  }

  /** Where there is no room for a table. */
  private void stacked(List<String> columns, Row row) {
    lines.add("  " + Plain.harmless(row.title()));
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      Cell cell = row.cells().get(i);
      String item = columns.get(i) + " " + Plain.harmless(cell.text());
      if (line.length() > 0 && 4 + Paint.visible(line.toString()) + 2 + item.length() > width) {
        lines.add("    " + line);
        line.setLength(0);
      }
      line.append(line.length() > 0 ? ", " : "").append(paint.result(cell.result(), item));
    }
    lines.add("    " + line);
  }

  private void summary(Report report, boolean all) {
    Map<Result, Integer> counts = new EnumMap<>(Result.class);
    merged(report.findings()).keySet().forEach(it -> counts.merge(it.result(), 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    count(parts, counts, Result.FAIL, "to fix");
    count(parts, counts, Result.WARN, "to look at");
    count(parts, counts, Result.UNKNOWN, "not known");
    count(parts, counts, Result.NOTE, "to know");
    count(parts, counts, Result.OK, "fine");
    String summary = parts.isEmpty() ? "Nothing was looked at." : String.join(", ", parts);
    boolean hidden = !all && counts.containsKey(Result.OK);
    String hint = "(--all shows the fine ones)";
    int gap = width - 2 - summary.length() - hint.length();
    if (hidden && gap >= 2) {
      lines.add("  " + summary + " ".repeat(Math.min(gap, 30)) + hint);
    } else {
      lines.add("  " + summary);
      if (hidden) {
        lines.add("  " + hint);
      }
    }
  }

  private static void count(
      List<String> parts, Map<Result, Integer> counts, Result result, String what) {
    Optional.ofNullable(counts.get(result)).ifPresent(number -> parts.add(number + " " + what));
  }

  /** What is the same at several places is told once. */
  private static Map<Finding, List<Place>> merged(List<Finding> findings) {
    Map<Finding, List<Place>> merged = new LinkedHashMap<>();
    for (Finding finding : findings) {
      Finding anywhere =
          new Finding(
              finding.check(),
              finding.result(),
              Place.of(""),
              finding.result() == Result.OK ? timeless(finding.saw()) : finding.saw(),
              finding.means(),
              finding.todo());
      merged.computeIfAbsent(anywhere, _ -> new ArrayList<>()).add(finding.where());
    }
    return merged;
  }

  /** Times differ from address to address, and are in the table. */
  private static String timeless(String saw) {
    return saw.replaceAll(" in [0-9.]+ m?s\\.$", ".");
  }

  private void finding(Finding finding, List<Place> places, String subject) {
    Result result = finding.result();
    String head =
        paint.result(
            result, String.format(Locale.ROOT, "%c %-8s", result.sign(unicode), result.name()));
    String where = where(places, subject);
    String text = (where.isEmpty() ? "" : where + ": ") + shown(finding.saw());
    lines.add("");
    List<String> said = Wrap.lines(text, width - INDENT - CHECK_WIDTH - 1);
    lines.add(
        "  "
            + head
            + String.format(Locale.ROOT, "%-" + CHECK_WIDTH + "s ", finding.check())
            + said.getFirst());
    said.stream().skip(1).forEach(line -> lines.add(" ".repeat(INDENT + CHECK_WIDTH + 1) + line));
    wrapped("means", shown(finding.means()), INDENT);
    wrapped("do", shown(finding.todo()), INDENT);
  }

  private String shown(String text) {
    String harmless = Plain.harmless(text);
    return unicode ? harmless : harmless.replace("§", "section ");
  }

  private void wrapped(String label, String text, int indent) {
    if (text.isEmpty()) {
      return;
    }
    int column = label.endsWith(" ") ? label.length() : CHECK_WIDTH + 1;
    List<String> said = Wrap.lines(text, width - indent - column);
    lines.add(" ".repeat(indent) + label + " ".repeat(column - label.length()) + said.getFirst());
    said.stream().skip(1).forEach(line -> lines.add(" ".repeat(indent + column) + line));
  }

  /** {@code mx1.example.org v4, v6; mx2.example.org v4}; nothing where it is the subject itself. */
  private static String where(List<Place> places, String subject) {
    Map<String, List<Place>> byName =
        places.stream()
            .distinct()
            .collect(Collectors.groupingBy(Place::name, LinkedHashMap::new, Collectors.toList()));
    return byName.entrySet().stream()
        .filter(entry ->
            !entry.getKey().equals(subject)
                || entry.getValue().size() > 1
                || entry.getValue().getFirst().address().isPresent())
        .map(entry -> Plain.harmless(entry.getKey()) + families(entry.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String families(List<Place> places) {
    String families =
        places.stream()
            .map(Place::family)
            .filter(family -> !family.isEmpty())
            .distinct()
            .collect(Collectors.joining(", "));
    return families.isEmpty() ? "" : " " + families;
  }
}
