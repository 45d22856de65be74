package me.ehlo.pop3;

import java.nio.charset.StandardCharsets;
import me.ehlo.mail.Reason;

/**
 * The first line of what the server says (RFC 1939 §3): {@code +OK} or {@code -ERR}, and a sentence; or {@code +} and
 * a challenge (RFC 5034 §4).
 *
 * @param said the reason's sentence, filled in
 */
public record Response(Pop3Reason why, String said) {

  /** Whether it is {@code -ERR}. */
  public boolean refuses() {
    return why.reason().refuses();
  }

  /** The reason, for the log. */
  public Reason reason() {
    return why.reason();
  }

  /** Octets that this text has as a line on the wire. */
  static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length + 2;
  }

  /** As it goes on the wire. */
  public byte[] octets() {
    return (this + "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return sign() + " " + why.code().prefix() + said;
  }

  private String sign() {
    if (why == Pop3Reason.CHALLENGE) {
      return "+";
    }
    return refuses() ? "-ERR" : "+OK";
  }
}
