package me.ehlo.mail;

import java.util.List;
import java.util.Locale;

/**
 * The Delivered-To field by which a mail is known again that an alias has sent to another site and that comes back.
 *
 * <p>It names the alias, so it is written only where the mail has no other recipient who would learn of it; a loop brings
 * the mail back for the alias alone. What loops all the same has too many Received fields in the end (RFC 5321 §6.3).
 */
public final class DeliveredToHeader {
  public static final String NAME = "Delivered-To";

  private DeliveredToHeader() {}

  /** The field, CRLF behind it; empty where none is needed. */
  public static String of(List<Recipient> recipients) {
    return recipients.size() == 1 && recipients.getFirst().forwards()
        ? NAME + ": " + recipients.getFirst().path() + "\r\n"
        : "";
  }

  /** The recipient as its field's value is compared. */
  public static String key(Recipient recipient) {
    return recipient.path().toString().toLowerCase(Locale.ROOT);
  }
}
