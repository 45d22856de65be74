package me.ehlo.smtp;

import java.util.OptionalLong;
import me.ehlo.mail.DsnOptions;

/**
 * What MAIL says besides the address.
 *
 * @param size the octets announced (RFC 1870)
 * @param eightBit {@code BODY=8BITMIME} (RFC 6152)
 * @param smtpUtf8 {@code SMTPUTF8} (RFC 6531)
 * @param dsn {@code RET} and {@code ENVID} (RFC 3461)
 * @param auth whether {@code AUTH} names a submitter (RFC 4954 §5); who, is nothing we could believe
 */
public record MailParameters(
    OptionalLong size, boolean eightBit, boolean smtpUtf8, DsnOptions dsn, boolean auth) {
  public static final MailParameters NONE =
      new MailParameters(OptionalLong.empty(), false, false, DsnOptions.NONE, false);
}
