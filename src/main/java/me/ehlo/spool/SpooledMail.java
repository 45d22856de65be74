package me.ehlo.spool;

import java.time.Instant;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.MailId;
import me.ehlo.mail.ReversePath;

/**
 * A mail in custody, as it is handed on. Close it.
 *
 * @param octets of the content as {@link Content} gives it: our Received field, then what came, unchanged
 * @param content without Return-Path, which is for the last server to write (RFC 5321 §4.4)
 */
public record SpooledMail(
    MailId id,
    Instant receivedAt,
    ReversePath reversePath,
    DsnOptions dsn,
    boolean smtpUtf8,
    boolean eightBit,
    long octets,
    Content content)
    implements AutoCloseable {

  @Override
  public void close() {
    content.close();
  }
}
