package me.ehlo.check;

import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import me.ehlo.check.Report.Row;

/** A report as one JSON document (RFC 8259); fields are only ever added. */
public final class ReportJson {
  private ReportJson() {}

  /**
   * The document, without a line ending.
   *
   * @param exit the exit code that goes with it
   */
  public static String of(Report report, int exit) {
    return "{\"v\":1,\"subject\":"
        + text(report.subject())
        + ",\"time\":"
        + text(report.at().truncatedTo(ChronoUnit.MILLIS).toString())
        + ",\"exit\":"
        + exit
        + ",\"hosts\":["
        + report.rows().stream()
            .map(row -> row(report.columns(), row))
            .collect(Collectors.joining(","))
        + "],\"findings\":["
        + report.findings().stream().map(ReportJson::finding).collect(Collectors.joining(","))
        + "]}";
  }

  private static String row(List<String> columns, Row row) {
    return "{\"host\":"
        + text(row.place().name())
        + ",\"address\":"
        + text(row.place().addressText())
        + ",\"stages\":{"
        + IntStream.range(0, columns.size())
            .mapToObj(i ->
                text(columns.get(i))
                    + ":{\"result\":"
                    + text(row.cells().get(i).result().id())
                    + ",\"text\":"
                    + text(row.cells().get(i).text())
                    + "}")
            .collect(Collectors.joining(","))
        + "}}";
  }

  private static String finding(Finding finding) {
    return "{\"check\":"
        + text(finding.check())
        + ",\"result\":"
        + text(finding.result().id())
        + ",\"where\":"
        + text(finding.where().name())
        + ",\"address\":"
        + text(finding.where().addressText())
        + ",\"saw\":"
        + text(finding.saw())
        + ",\"means\":"
        + text(finding.means())
        + ",\"do\":"
        + text(finding.todo())
        + "}";
  }

  private static String text(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c >= 0x7F && c < 0xA0 || Character.isSurrogate(c)) {
        json.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
