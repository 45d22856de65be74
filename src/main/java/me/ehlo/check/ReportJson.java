package me.ehlo.check;

import java.time.temporal.ChronoUnit;
import java.util.List;
import me.ehlo.check.Report.Row;
import me.ehlo.trace.Json;

/** A report as one JSON document; fields are only ever added. */
public final class ReportJson {
  private ReportJson() {}

  /**
   * The document, without a line ending.
   *
   * @param exit the exit code that goes with it
   */
  public static String of(Report report, int exit) {
    return Json.object(json -> report(json, report, exit));
  }

  /** The fields of a report; more may follow. */
  static void report(Json it, Report report, int exit) {
    it.number("v", 1)
        .put("subject", report.subject())
        .put("time", report.at().truncatedTo(ChronoUnit.MILLIS).toString())
        .number("exit", exit)
        .objects("hosts", report.rows(), (json, row) -> row(json, report.columns(), row))
        .objects("findings", report.findings(), ReportJson::finding);
  }

  private static void row(Json json, List<String> columns, Row row) {
    json.put("host", row.place().name())
        .put("address", row.place().addressText())
        .object(
            "stages",
            stages -> {
              for (int i = 0; i < columns.size(); i++) {
                Report.Cell cell = row.cells().get(i);
                stages.object(
                    columns.get(i),
                    it -> it.put("result", cell.result().id()).put("text", cell.text()));
              }
            });
  }

  private static void finding(Json json, Finding finding) {
    json.put("check", finding.check())
        .put("result", finding.result().id())
        .put("where", finding.where().name())
        .put("address", finding.where().addressText())
        .put("saw", finding.saw())
        .put("means", finding.means())
        .put("do", finding.todo());
  }
}
