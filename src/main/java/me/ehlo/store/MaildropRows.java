package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import me.ehlo.mail.AccountId;

/** Writes rows of {@code maildrop_entry}. */
final class MaildropRows {
  private static final String INSERT =
      "INSERT INTO maildrop_entry (account, mail, octets, smtputf8, copies) VALUES (?, ?, ?, ?, ?)";

  private MaildropRows() {}

  /**
   * Puts a mail into a maildrop.
   *
   * @param octets of the whole mail, as its owner reads it
   */
  static void insert(Session session, AccountId account, MailHead mail, long octets)
      throws SQLException {
    PreparedStatement entry = session.prepare(INSERT);
    entry.setLong(1, account.value());
    entry.setLong(2, mail.id());
    entry.setLong(3, octets);
    entry.setInt(4, mail.smtpUtf8() ? 1 : 0);
    entry.setInt(5, mail.copies());
    session.gather(entry);
  }
}
