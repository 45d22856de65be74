package me.ehlo.check;

/** What the shell is told. */
public final class Outcome {
  public static final int WARNINGS = 50;
  public static final int FAILURES = 51;
  public static final int NOT_KNOWN = 52;

  private Outcome() {}

  /**
   * The exit code of a report: 0 if there is nothing to do.
   *
   * @param strict whether warnings count
   */
  public static int of(Report report, boolean strict) {
    if (report.has(Result.FAIL)) {
      return FAILURES;
    }
    if (report.has(Result.UNKNOWN)) {
      return NOT_KNOWN;
    }
    return strict && report.has(Result.WARN) ? WARNINGS : 0;
  }
}
