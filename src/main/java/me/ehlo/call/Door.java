package me.ehlo.call;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The kind of door one knocks at.
 *
 * @param port where it usually is
 * @param tls whether TLS begins with the first octet (RFC 8314 §3)
 */
public record Door(String name, Protocol protocol, int port, boolean tls) {
  public static final Door SMTP = new Door("smtp", Protocol.SMTP, 25, false);
  public static final Door SUBMISSION = new Door("submission", Protocol.SMTP, 587, false);
  public static final Door SMTPS = new Door("smtps", Protocol.SMTP, 465, true);
  public static final Door LMTP = new Door("lmtp", Protocol.LMTP, 24, false);
  public static final Door POP3 = new Door("pop3", Protocol.POP3, 110, false);
  public static final Door POP3S = new Door("pop3s", Protocol.POP3, 995, true);

  /** The kind of door that usually has this port; SMTP's where none has. */
  public static Door at(int port) {
    return switch (port) {
      case 24 -> LMTP;
      case 110 -> POP3;
      case 465 -> SMTPS;
      case 587 -> SUBMISSION;
      case 995 -> POP3S;
      default -> SMTP;
    };
  }

  /** The kind of door that a socket in the file system is by its name: Dovecot, Cyrus and Postfix call theirs so. */
  public static Optional<Door> at(Path socket) {
    return Optional.of(LMTP)
        .filter(lmtp -> String.valueOf(socket.getFileName()).contains(lmtp.name()));
  }

  @Override
  public String toString() {
    return name.toUpperCase(Locale.ROOT);
  }
}
