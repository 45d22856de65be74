package me.ehlo.talk;

/**
 * How the conversation looks.
 *
 * @param colour whether there is any
 * @param classic sent blue and received red, as the tutorials have it; else only refusals stand out
 * @param unicode whether every character can be shown
 * @param times whether it is shown how long each answer took
 * @param statusLine whether there is a line at the bottom that says where things stand
 */
public record Looks(
    boolean colour, boolean classic, boolean unicode, boolean times, boolean statusLine) {
  public static final Looks PLAIN = new Looks(false, false, true, false, false);
}
