package me.ehlo.sasl;

/**
 * A line of ours in a login, without CRLF.
 *
 * @param text as it is sent
 * @param shown the same with words in the place of secrets: for screens, transcripts and logs
 * @param meaning what it tells the server, for people
 */
public record ClientLine(String text, String shown, String meaning) {

  /** Without secrets. */
  @Override
  public String toString() {
    return shown;
  }
}
