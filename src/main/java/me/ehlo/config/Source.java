package me.ehlo.config;

import java.util.Comparator;

/**
 * Where a value comes from; it never shows the value itself, which may be a secret.
 *
 * @param line from 1 in a file; 0: no line
 */
record Source(String name, int line, int column) {
  /** The places in a file by line and column, before everything else. */
  static final Comparator<Source> ORDER =
      Comparator.comparing((Source source) -> source.line == 0)
          .thenComparingInt(Source::line)
          .thenComparingInt(Source::column);

  static final Source STANDARD = new Source("default", 0, 0);

  static Source of(String name) {
    return new Source(name, 0, 0);
  }

  @Override
  public String toString() {
    return line == 0 ? name : name + ":" + line + ":" + column;
  }
}
