package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import me.ehlo.access.ScramKeys;
import me.ehlo.access.StoredPassword;
import me.ehlo.mail.AccountId;

/** The rows of {@code account_password}. */
final class PasswordRows {
  /** Behind those of the account's; all NULL where it has no password. */
  static final String COLUMNS = "p.name, p.hash, p.scram";

  private PasswordRows() {}

  /** The password of this row, whose first column is so many; empty: the account has none. */
  static Optional<StoredPassword> read(ResultSet row, int first) throws SQLException {
    String name = row.getString(first);
    return name == null
        ? Optional.empty()
        : Optional.of(
            new StoredPassword(
                name, row.getString(first + 1), ScramKeys.parse(row.getString(first + 2))));
  }

  /** Adds a row; false when there is one of this name. */
  static boolean add(Session session, AccountId account, StoredPassword password)
      throws SQLException {
    PreparedStatement insert =
        session.prepare(
            """
            INSERT INTO account_password (account, name, hash, scram)
            VALUES (?, ?, ?, ?) ON CONFLICT (account, name) DO NOTHING
            """);
    insert.setLong(1, account.value());
    insert.setString(2, password.name());
    insert.setString(3, password.hash());
    insert.setString(4, password.scram().map(ScramKeys::text).orElse(""));
    return insert.executeUpdate() == 1;
  }

  /** Adds or replaces; always true, to end a condition. */
  static boolean put(Session session, AccountId account, StoredPassword password)
      throws SQLException {
    remove(session, account, password.name());
    return add(session, account, password);
  }

  static boolean remove(Session session, AccountId account, String name) throws SQLException {
    PreparedStatement delete =
        session.prepare("DELETE FROM account_password WHERE account = ? AND name = ?");
    delete.setLong(1, account.value());
    delete.setString(2, name);
    return delete.executeUpdate() == 1;
  }
}
