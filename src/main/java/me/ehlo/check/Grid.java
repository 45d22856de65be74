package me.ehlo.check;

import java.util.ArrayList;
import java.util.List;
import me.ehlo.check.Report.Row;
import me.ehlo.trace.Plain;

/** Rows and columns under each other. */
final class Grid {
  private static final int GAP = 2;

  private final String corner;
  private final List<String> columns;
  private final List<Row> rows;
  private final int[] widths;

  Grid(String corner, List<String> columns, List<Row> rows) {
    this.corner = corner;
    this.columns = columns;
    this.rows = rows;
    this.widths = new int[columns.size() + 1];
    fit(0, corner);
    for (Row row : rows) {
      fit(0, Plain.harmless(row.title()));
      for (int i = 0; i < columns.size(); i++) {
        fit(i + 1, columns.get(i));
        fit(i + 1, Plain.harmless(row.cells().get(i).text()));
      }
    }
  }

  private void fit(int column, String text) {
    widths[column] = Math.max(widths[column], text.length());
  }

  int width() {
    int width = 2;
    for (int column : widths) {
      width += column + GAP;
    }
    return width - GAP;
  }

  List<String> lines(Paint paint) {
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder("  ").append(padded(corner, 0));
    for (int i = 0; i < columns.size(); i++) {
      head.append(padded(columns.get(i), i + 1));
    }
    lines.add(head.toString().stripTrailing());
    for (Row row : rows) {
      StringBuilder line = new StringBuilder("  ").append(padded(Plain.harmless(row.title()), 0));
      for (int i = 0; i < columns.size(); i++) {
        String text = Plain.harmless(row.cells().get(i).text());
        line.append(paint.result(row.cells().get(i).result(), text))
            .repeat(' ', widths[i + 1] - text.length() + GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private String padded(String text, int column) {
    return text + " ".repeat(widths[column] - text.length() + GAP);
  }
}
