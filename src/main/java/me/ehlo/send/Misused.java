package me.ehlo.send;

/** The command line asks for something that cannot be done; the message is a sentence that says what. */
public final class Misused extends Exception {
  private static final long serialVersionUID = 1L;

  public Misused(String sentence) {
    super(sentence);
  }

  /** The sentence. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
