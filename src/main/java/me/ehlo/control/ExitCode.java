package me.ehlo.control;

/** What commands that administer tell the shell. */
public final class ExitCode {
  public static final int DONE = 0;

  /** Not done; one sentence says why. */
  public static final int REFUSED = 1;

  /** The command line or the configuration is wrong. */
  public static final int USAGE = 2;

  /** {@code verify} found something wrong. */
  public static final int DAMAGED = 3;

  private ExitCode() {}
}
