package me.ehlo;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The front door: which command was typed, and whose room answers it. */
@Command(
    name = "ehlo",
    description = "A mail server that tells its story.",
    mixinStandardHelpOptions = true)
public final class Main implements Runnable {

  /** Runs one command and ends the process with its exit code. */
  static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
