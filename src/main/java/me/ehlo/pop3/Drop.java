package me.ehlo.pop3;

import java.util.Collection;
import java.util.List;
import me.ehlo.mail.MailId;
import me.ehlo.mail.StorageFailure;

/** The maildrop that a session holds (RFC 1939 §4). */
public interface Drop extends AutoCloseable {

  /**
   * A mail in it.
   *
   * @param id also its unique-id (RFC 1939 §7 UIDL)
   * @param smtpUtf8 whether its header may hold UTF-8 (RFC 6856)
   */
  record Item(MailId id, long octets, boolean smtpUtf8) {}

  /** The mails as they were at login, oldest first; the first one is message 1. */
  List<Item> items();

  /** The mail's octets; every line of it ends in CRLF, but perhaps the last. */
  Pieces content(Item item) throws StorageFailure;

  /** Deletes these mails for good, all or none. */
  void delete(Collection<Item> items) throws StorageFailure;

  /** Whether the password that opened it has been changed or revoked since; asked often, so it should be quick. */
  boolean isRevoked();

  /** Lets other sessions in. */
  @Override
  void close();
}
