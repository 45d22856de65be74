package me.ehlo.control;

/** The command is not carried out; the message is the sentence that says why and what would help. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  Refused(String sentence) {
    super(sentence);
  }
}
