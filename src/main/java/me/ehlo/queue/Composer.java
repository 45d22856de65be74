package me.ehlo.queue;

import java.time.Instant;
import me.ehlo.dsn.DeliveryReport;
import me.ehlo.mail.MailId;

/** Makes a report a mail. */
@FunctionalInterface
public interface Composer {

  /** The whole mail with this id and date. */
  Text compose(DeliveryReport report, MailId id, Instant date);

  /** Header and body, and what the next server must be able to take. */
  interface Text {
    byte[] octets();

    boolean eightBit();

    boolean smtpUtf8();
  }
}
