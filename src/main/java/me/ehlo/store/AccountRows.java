package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.access.Account;
import me.ehlo.access.StoredPassword;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Domain;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.store.SqlDirectory.Name;

/** The rows of {@code account}. */
final class AccountRows {
  private static final String SELECT =
      "SELECT a.id, a.local_part, a.domain, a.quota, "
          + PasswordRows.COLUMNS
          + " FROM account a LEFT JOIN account_password p ON p.account = a.id";

  private AccountRows() {}

  static Optional<Account> find(Session session, Name name) throws SQLException {
    PreparedStatement select = session.prepare(SELECT + " WHERE a.local_key = ? AND a.domain = ?");
    select.setString(1, name.localKey());
    select.setString(2, name.domain());
    return read(select).stream().findFirst();
  }

  static List<Account> named(Session session, String localKey) throws SQLException {
    PreparedStatement select = session.prepare(SELECT + " WHERE a.local_key = ? ORDER BY a.domain");
    select.setString(1, localKey);
    return read(select);
  }

  static List<Account> all(Session session) throws SQLException {
    return read(session.prepare(SELECT + " ORDER BY a.domain, a.local_key"));
  }

  /** An account has as many rows as passwords, and one where it has none. */
  private static List<Account> read(PreparedStatement select) throws SQLException {
    Map<AccountId, Account> accounts = new LinkedHashMap<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Account account = account(row);
        accounts.merge(account.id(), account, AccountRows::together);
      }
    }
    return List.copyOf(accounts.values());
  }

  private static Account account(ResultSet row) throws SQLException {
    return new Account(
        new AccountId(row.getLong(1)),
        new Mailbox(new LocalPart(row.getString(2)), Domain.ofAscii(row.getString(3))),
        PasswordRows.read(row, 5).stream().toList(),
        row.getLong(4));
  }

  private static Account together(Account one, Account more) {
    List<StoredPassword> passwords = new ArrayList<>(one.passwords());
    passwords.addAll(more.passwords());
    return new Account(one.id(), one.address(), passwords, one.quotaOctets());
  }

  /** Adds a row; empty when there is one of this name. */
  static Optional<Account> add(
      Session session, Name name, LocalPart localPart, List<StoredPassword> passwords, long quota)
      throws SQLException {
    PreparedStatement insert =
        session.prepare(
            """
            INSERT INTO account (local_key, local_part, domain, quota)
            VALUES (?, ?, ?, ?) ON CONFLICT (local_key, domain) DO NOTHING RETURNING id
            """);
    insert.setString(1, name.localKey());
    insert.setString(2, localPart.text());
    insert.setString(3, name.domain());
    insert.setLong(4, quota);
    try (ResultSet row = insert.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      for (StoredPassword password : passwords) {
        PasswordRows.add(session, new AccountId(row.getLong(1)), password);
      }
    }
    return find(session, name);
  }

  static boolean exists(Session session, AccountId account) throws SQLException {
    PreparedStatement select = session.prepare("SELECT 1 FROM account WHERE id = ?");
    select.setLong(1, account.value());
    try (ResultSet row = select.executeQuery()) {
      return row.next();
    }
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
