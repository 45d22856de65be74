package me.ehlo.talk;

/** What {@code ehlo talk} tells the shell; 21 to 29 as swaks has them. */
public final class Ending {
  public static final int WELL = 0;
  public static final int NO_CONNECTION = 20;
  public static final int GREETING = 21;
  public static final int EHLO = 22;
  public static final int MAIL = 23;

  /** Every recipient was refused. */
  public static final int RECIPIENTS = 24;

  public static final int DATA = 25;

  /** The mail was refused behind its end. */
  public static final int DOT = 26;

  public static final int AUTH = 28;
  public static final int TLS = 29;

  /** A mail was taken for some of its recipients. */
  public static final int PARTLY = 40;

  private Ending() {}
}
