package me.ehlo.smtp;

import java.util.Optional;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Orcpt;

/**
 * What RCPT says besides the address (RFC 3461 §4.1, §4.2).
 *
 * @param notices {@code NOTIFY}
 * @param orcpt {@code ORCPT}
 * @param notAscii whether ORCPT is written so that only SMTPUTF8 allows it (RFC 6533 §3)
 */
public record RcptParameters(Notify notices, Optional<Orcpt> orcpt, boolean notAscii) {
  public static final RcptParameters NONE =
      new RcptParameters(Notify.UNSAID, Optional.empty(), false);
}
