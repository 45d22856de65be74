package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.ehlo.access.Account;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Domain;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.store.SqlDirectory.Name;

/** The rows of {@code account}. */
final class AccountRows {
  private static final String SELECT =
      "SELECT id, local_part, domain, password_hash, quota FROM account";

  private AccountRows() {}

  static Optional<Account> find(Session session, Name name) throws SQLException {
    PreparedStatement select = session.prepare(SELECT + " WHERE local_key = ? AND domain = ?");
    select.setString(1, name.localKey());
    select.setString(2, name.domain());
    return read(select).stream().findFirst();
  }

  static List<Account> named(Session session, String localKey) throws SQLException {
    PreparedStatement select = session.prepare(SELECT + " WHERE local_key = ? ORDER BY domain");
    select.setString(1, localKey);
    return read(select);
  }

  static List<Account> all(Session session) throws SQLException {
    return read(session.prepare(SELECT + " ORDER BY domain, local_key"));
  }

  private static List<Account> read(PreparedStatement select) throws SQLException {
    List<Account> accounts = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        accounts.add(
            new Account(
                new AccountId(row.getLong(1)),
                new Mailbox(new LocalPart(row.getString(2)), Domain.ofAscii(row.getString(3))),
                Optional.ofNullable(row.getString(4)),
                row.getLong(5)));
      }
    }
    return accounts;
  }

  /** Adds a row; empty when there is one of this name. */
  static Optional<Account> add(
      Session session, Name name, LocalPart localPart, Optional<String> passwordHash, long quota)
      throws SQLException {
    PreparedStatement insert =
        session.prepare(
            """
            INSERT INTO account (local_key, local_part, domain, password_hash, quota)
            VALUES (?, ?, ?, ?, ?) ON CONFLICT (local_key, domain) DO NOTHING
            """);
    insert.setString(1, name.localKey());
    insert.setString(2, localPart.text());
    insert.setString(3, name.domain());
    insert.setString(4, passwordHash.orElse(null));
    insert.setLong(5, quota);
    return insert.executeUpdate() == 1 ? find(session, name) : Optional.empty();
  }

  static boolean setPassword(Session session, AccountId account, String hash) throws SQLException {
    PreparedStatement update = session.prepare("UPDATE account SET password_hash = ? WHERE id = ?");
    update.setString(1, hash);
    update.setLong(2, account.value());
    return update.executeUpdate() == 1;
  }

  static boolean setQuota(Session session, AccountId account, long octets) throws SQLException {
    PreparedStatement update = session.prepare("UPDATE account SET quota = ? WHERE id = ?");
    update.setLong(1, octets);
    update.setLong(2, account.value());
    return update.executeUpdate() == 1;
  }

  /** Removes the row and the whole maildrop; the mails that nobody else holds are swept. */
  static boolean remove(Session session, AccountId account) throws SQLException {
    session.flush(); // mails kept earlier in this batch go too
    PreparedStatement note =
        session.prepare(
            """
            INSERT INTO released (mail, others)
            SELECT mail, copies - 1 FROM maildrop_entry WHERE account = ?
            ON CONFLICT (mail) DO UPDATE SET others = released.others - 1
            """);
    note.setLong(1, account.value());
    note.executeUpdate();
    PreparedStatement entries = session.prepare("DELETE FROM maildrop_entry WHERE account = ?");
    entries.setLong(1, account.value());
    entries.executeUpdate();
    PreparedStatement row = session.prepare("DELETE FROM account WHERE id = ?");
    row.setLong(1, account.value());
    return row.executeUpdate() == 1;
  }
}
