package me.ehlo.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import me.ehlo.access.Account;
import me.ehlo.access.Alias;
import me.ehlo.access.Directory;
import me.ehlo.access.StoredPassword;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Host;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.StorageFailure;

/** The directory in the database, with what was found lately in memory. */
final class SqlDirectory implements Directory {
  private final Database database;
  private final Usages usages;
  private final Found found;
  private final Runnable sweep;

  SqlDirectory(Database database, Usages usages, Runnable sweep) {
    this.database = database;
    this.usages = usages;
    this.found = new Found(database.dialect().shared());
    this.sweep = sweep;
  }

  @Override
  public Entry find(Mailbox address) throws StorageFailure {
    if (!(address.host() instanceof Domain domain)) {
      return new Entry.Nobody();
    }
    return found.find(
        new Name(address.localPart().key(), domain.ascii()),
        name -> database.read(session -> entry(session, name)));
  }

  private static Entry entry(Session session, Name name) throws SQLException {
    Optional<Account> account = AccountRows.find(session, name);
    if (account.isPresent()) {
      return new Entry.User(account.get());
    }
    Optional<Alias> alias = AliasRows.find(session, name);
    return alias.isPresent() ? new Entry.Listed(alias.get()) : new Entry.Nobody();
  }

  @Override
  public List<Account> named(LocalPart localPart) throws StorageFailure {
    return database.read(session -> AccountRows.named(session, localPart.key()));
  }

  @Override
  public List<Account> accounts() throws StorageFailure {
    return database.read(AccountRows::all);
  }

  @Override
  public List<Alias> aliases() throws StorageFailure {
    return database.read(AliasRows::all);
  }

  @Override
  public Optional<Account> addAccount(
      Mailbox address, List<StoredPassword> passwords, long quotaOctets) throws StorageFailure {
    Name name = name(address);
    return change(session ->
        AliasRows.find(session, name).isPresent()
            ? Optional.empty()
            : AccountRows.add(session, name, address.localPart(), passwords, quotaOctets));
  }

  @Override
  public boolean setPassword(AccountId account, StoredPassword password) throws StorageFailure {
    return change(session ->
        AccountRows.exists(session, account) && PasswordRows.put(session, account, password));
  }

  @Override
  public boolean addPassword(AccountId account, StoredPassword password) throws StorageFailure {
    return change(session ->
        AccountRows.exists(session, account) && PasswordRows.add(session, account, password));
  }

  @Override
  public boolean removePassword(AccountId account, String name) throws StorageFailure {
    return change(session -> PasswordRows.remove(session, account, name));
  }

  @Override
  public boolean setQuota(AccountId account, long quotaOctets) throws StorageFailure {
    return change(session -> AccountRows.setQuota(session, account, quotaOctets));
  }

  @Override
  public boolean removeAccount(AccountId account) throws StorageFailure {
    boolean removed =
        change(session -> AccountRows.remove(session, account), () -> usages.forget(account));
    sweep.run();
    return removed;
  }

  @Override
  public boolean putAlias(Alias alias) throws StorageFailure {
    Name name = name(alias.name());
    return change(session ->
        AccountRows.find(session, name).isEmpty() && AliasRows.put(session, name, alias));
  }

  @Override
  public boolean removeAlias(Mailbox alias) throws StorageFailure {
    return alias.host() instanceof Domain && change(s -> AliasRows.remove(s, name(alias)));
  }

  /** A name is an account or an alias, never both: two tables, so no constraint of the database sees to it. */
  private <T> T change(Work<T> work) throws StorageFailure {
    return change(work, () -> {});
  }

  private <T> T change(Work<T> work, Runnable committed) throws StorageFailure {
    return database.write(
        new Work<T>() {
          @Override
          public T run(Session session) throws SQLException {
            session.lockNames();
            return work.run(session);
          }

          @Override
          public void committed(T result) {
            found.forget();
            committed.run();
          }
        });
  }

  private static Name name(Mailbox address) {
    Host host = address.host();
    if (host instanceof Domain domain) {
      return new Name(address.localPart().key(), domain.ascii());
    }
    throw new IllegalArgumentException("a local name stands in a domain: " + address);
  }

  /** What a local name is found by: the local part without regard to case, the domain by its A-labels. */
  record Name(String localKey, String domain) {}
}
