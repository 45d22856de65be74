package me.ehlo.control;

import java.io.InputStream;
import java.io.PrintStream;

/** Where a command reads and writes; a test gives its own. */
public record Streams(InputStream in, PrintStream out, PrintStream err, Keyboard keyboard) {

  /** Those of this process. */
  public static Streams ofProcess() {
    return new Streams(System.in, System.out, System.err, Keyboard.ofProcess());
  }
}
