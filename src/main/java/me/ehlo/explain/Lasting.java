package me.ehlo.explain;

/** For how long an answer holds: what a program does that hears it (RFC 5321 §4.2.1). */
public enum Lasting {
  /** It is done. */
  OK,
  /** Well so far, and more is awaited. */
  CONTINUE,
  /** Not now; the same may go well later. */
  TRANSIENT,
  /** The same again would get the same answer. */
  PERMANENT,
  /** It is no answer at all: a command, an extension. */
  NONE;

  /** By the first digit of a reply code or an enhanced status. */
  static Lasting of(char digit) {
    return switch (digit) {
      case '2' -> OK;
      case '3' -> CONTINUE;
      case '4' -> TRANSIENT;
      case '5' -> PERMANENT;
      default -> NONE;
    };
  }
}
