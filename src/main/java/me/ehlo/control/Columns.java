package me.ehlo.control;

import java.util.ArrayList;
import java.util.List;

/** Rows with their columns under each other. */
final class Columns {
  private final List<List<String>> rows = new ArrayList<>();

  Columns(String... head) {
    add(head);
  }

  void add(String... row) {
    rows.add(List.of(row));
  }

  List<String> lines() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
    }
    return line.toString().stripTrailing();
  }
}
