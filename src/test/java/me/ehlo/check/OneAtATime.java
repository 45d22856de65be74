package me.ehlo.check;

/** A server that does not answer what comes behind a MAIL in its first conversation; in later ones it does. */
final class OneAtATime {
  private static final int EHLOS_OF_ONE = 2; // in the clear, and encrypted

  private int ehlos;

  synchronized String reply(String line) {
    if (line.startsWith("EHLO")) {
      ehlos++;
    }
    return line.startsWith("RCPT") && ehlos <= EHLOS_OF_ONE ? ScriptedHost.SILENCE : "";
  }
}
