package me.ehlo.pop3;

/**
 * What one conversation may take.
 *
 * @param lineOctetsMax octets of a command line, its CRLF included; RFC 2449 §4 wants 255 at least
 * @param loginsMax wrong passwords before we hang up
 * @param mistakesMax refused commands in a row before we hang up
 * @param idleCommandsMax commands without a login before we hang up
 */
public record Pop3Limits(int lineOctetsMax, int loginsMax, int mistakesMax, int idleCommandsMax) {
  /** Octets of a client's message in a login: PLAIN must be able to carry 255 of each of its parts (RFC 2595 §6). */
  public static final int ANSWER_OCTETS_MAX = 4096;

  private static final int LINE_OCTETS_MIN = 255; // RFC 2449 §4

  /** What a site has that says nothing else; "USER" and an address of 254 octets fit (RFC 5321 §4.5.3.1.3). */
  public static final Pop3Limits DEFAULT = new Pop3Limits(512, 5, 100, 100);

  /** As usual, but for what a site may say otherwise. */
  public static Pop3Limits of(int mistakesMax, int idleCommandsMax) {
    return new Pop3Limits(
        DEFAULT.lineOctetsMax(), DEFAULT.loginsMax(), mistakesMax, idleCommandsMax);
  }

  public Pop3Limits {
    if (lineOctetsMax < LINE_OCTETS_MIN) {
      throw new IllegalArgumentException("a command line has at least 255 octets (RFC 2449 §4)");
    }
  }
}
