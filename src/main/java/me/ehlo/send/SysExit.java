package me.ehlo.send;

/** What programs that call sendmail are told by its exit code: those of sysexits.h that they know. */
public final class SysExit {
  /** The mail is on the disk. */
  public static final int OK = 0;

  /** The command line is wrong. */
  static final int USAGE = 64;

  /** The mail is: it is too big, its addresses cannot be read. */
  static final int DATA = 65;

  /** A recipient is not there. */
  static final int NO_USER = 67;

  /** Refused for good, for another reason. */
  static final int UNAVAILABLE = 69;

  /** Not now: nothing was sent, and the same may be tried again. */
  static final int TEMPORARY = 75;

  /** This user may not. */
  static final int NO_PERMISSION = 77;

  /** Nobody can say where the server is. */
  static final int CONFIGURATION = 78;

  private SysExit() {}
}
