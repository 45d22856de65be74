package me.ehlo.relay;

import java.time.Duration;
import me.ehlo.smtp.client.Phase;

/**
 * How long another server may take (RFC 5321 §4.5.3.2).
 *
 * @param command MAIL, RCPT, and what has no time of its own
 * @param data until the 354
 * @param block for taking some of the content
 * @param dot until the answer to the whole mail
 * @param attempt for all of it: who answers each command at the last moment must not outlast the lease of the queue
 */
public record Timeouts(
    Duration connect,
    Duration greeting,
    Duration command,
    Duration data,
    Duration block,
    Duration dot,
    Duration attempt) {

  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          Duration.ofMinutes(3),
          Duration.ofMinutes(10),
          Duration.ofHours(1));

  Duration of(Phase phase) {
    return switch (phase) {
      case GREETING -> greeting;
      case EHLO, STARTTLS, TLS, AUTH, RSET, MAIL, RCPT, QUIT -> command;
      case DATA -> data;
      case CONTENT -> block;
      case DOT -> dot;
    };
  }
}
