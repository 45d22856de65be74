package me.ehlo.check;

import java.time.Instant;
import java.util.List;

/**
 * What a diagnosis has found.
 *
 * @param subject what was looked at, for people: {@code example.org}
 * @param corner what the rows of the table are: {@code MX}
 * @param columns of the table
 * @param rows of the table; none: there is no table
 * @param findings the most important first
 */
public record Report(
    String subject,
    Instant at,
    String corner,
    List<String> columns,
    List<Row> rows,
    List<Finding> findings) {

  /**
   * A host at one address, stage by stage.
   *
   * @param title {@code 10 mx.example.org v4}
   * @param cells one for each column
   */
  public record Row(String title, Place place, List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /** How one stage went, in a word or a time. */
  public record Cell(String text, Result result) {
    static final Cell NOT_REACHED = new Cell("-", Result.SKIP);

    static Cell ok(String text) {
      return new Cell(text, Result.OK);
    }

    static Cell fail(String text) {
      return new Cell(text, Result.FAIL);
    }

    static Cell warn(String text) {
      return new Cell(text, Result.WARN);
    }

    static Cell note(String text) {
      return new Cell(text, Result.NOTE);
    }
  }

  public Report {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    findings = List.copyOf(findings);
  }

  public boolean has(Result result) {
    return findings.stream().anyMatch(finding -> finding.result() == result);
  }
}
