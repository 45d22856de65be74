package me.ehlo.script;

/** A script that cannot be read or played as it stands; the message begins with the file and the line. */
public final class BadScript extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadScript(String message) {
    super(message);
  }
}
