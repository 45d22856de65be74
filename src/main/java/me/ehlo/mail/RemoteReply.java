package me.ehlo.mail;

import java.util.Optional;

/**
 * What another server said (RFC 5321 §4.2), made fit to be kept and shown: printable ASCII, one line, bounded.
 *
 * @param status the enhanced status code, where it gave one (RFC 2034)
 * @param text the lines joined by spaces, without code and status
 */
public record RemoteReply(int code, Optional<EnhancedStatus> status, String text) {

  /** {@code 550 5.1.1 No such user}: as it is quoted in a report's Diagnostic-Code (RFC 3464 §2.3.6). */
  @Override
  public String toString() {
    return (code + status.map(s -> " " + s).orElse("") + " " + text).strip();
  }
}
