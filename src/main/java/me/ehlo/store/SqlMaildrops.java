package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.MailId;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrop;
import me.ehlo.maildrop.Maildrops;
import me.ehlo.maildrop.StoredMail;

/** The maildrops in the database; who holds one is known in memory only, for sessions do not outlive the process. */
final class SqlMaildrops implements Maildrops {
  private static final String ENTRIES =
      """
      SELECT mail, octets, smtputf8 FROM maildrop_entry WHERE account = ? ORDER BY mail
      """;

  private final Database database;
  private final Usages usages;
  private final Runnable sweep;
  private final Set<AccountId> held = ConcurrentHashMap.newKeySet();

  SqlMaildrops(Database database, Usages usages, Runnable sweep) {
    this.database = database;
    this.usages = usages;
    this.sweep = sweep;
  }

  @Override
  public Optional<Maildrop> open(AccountId account) throws StorageFailure {
    if (!held.add(account)) {
      return Optional.empty();
    }
    boolean opened = false;
    try {
      List<StoredMail> mails = database.read(session -> entries(session, account));
      opened = true;
      return Optional.of(new SqlMaildrop(this, account, List.copyOf(mails)));
    } finally {
      if (!opened) {
        held.remove(account);
      }
    }
  }

  private static List<StoredMail> entries(Session session, AccountId account) throws SQLException {
    PreparedStatement select = session.prepare(ENTRIES);
    select.setLong(1, account.value());
    List<StoredMail> mails = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        mails.add(new StoredMail(new MailId(row.getLong(1)), row.getLong(2), row.getInt(3) != 0));
      }
    }
    return mails;
  }

  @Override
  public Usage usage(AccountId account) throws StorageFailure {
    return usages.of(account);
  }

  Database database() {
    return database;
  }

  void delete(AccountId account, List<Long> mails) throws StorageFailure {
    database.write(new Releasing(account, mails, usages));
    sweep.run();
  }

  void letGo(AccountId account) {
    held.remove(account);
  }
}
