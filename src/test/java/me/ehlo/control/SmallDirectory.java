package me.ehlo.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import me.ehlo.access.Account;
import me.ehlo.access.Alias;
import me.ehlo.access.Directory;
import me.ehlo.access.StoredPassword;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.maildrop.Maildrop;
import me.ehlo.maildrop.Maildrops;

/** Accounts, aliases and how much mail there is, in memory and in the order in which they came. */
final class SmallDirectory implements Directory, Maildrops {
  private final Map<String, Account> accounts = new LinkedHashMap<>();
  private final Map<String, Alias> aliases = new LinkedHashMap<>();
  private final Map<AccountId, Usage> usage = new HashMap<>();
  private long last;

  @Override
  public Entry find(Mailbox address) {
    String key = key(address);
    if (accounts.containsKey(key)) {
      return new Entry.User(accounts.get(key));
    }
    return aliases.containsKey(key) ? new Entry.Listed(aliases.get(key)) : new Entry.Nobody();
  }

  @Override
  public List<Account> named(LocalPart localPart) {
    return accounts().stream()
        .filter(account -> account.address().localPart().key().equals(localPart.key()))
        .toList();
  }

  @Override
  public List<Account> accounts() {
    return new ArrayList<>(accounts.values());
  }

  @Override
  public List<Alias> aliases() {
    return new ArrayList<>(aliases.values());
  }

  @Override
  public Optional<Account> addAccount(
      Mailbox address, List<StoredPassword> passwords, long quotaOctets) {
    if (!(find(address) instanceof Entry.Nobody)) {
      return Optional.empty();
    }
    Account account = new Account(new AccountId(++last), address, passwords, quotaOctets);
    accounts.put(key(address), account);
    return Optional.of(account);
  }

  @Override
  public boolean setPassword(AccountId id, StoredPassword password) {
    return replace(
        id,
        old ->
            with(old, Stream.concat(without(old, password.name()), Stream.of(password)).toList()));
  }

  @Override
  public boolean addPassword(AccountId id, StoredPassword password) {
    return !has(id, password.name()) && setPassword(id, password);
  }

  @Override
  public boolean removePassword(AccountId id, String name) {
    return has(id, name) && replace(id, old -> with(old, without(old, name).toList()));
  }

  private boolean has(AccountId id, String name) {
    return accounts().stream()
        .anyMatch(account -> account.id().equals(id) && account.password(name).isPresent());
  }

  private static Stream<StoredPassword> without(Account account, String name) {
    return account.passwords().stream().filter(password -> !password.name().equals(name));
  }

  private static Account with(Account old, List<StoredPassword> passwords) {
    return new Account(old.id(), old.address(), passwords, old.quotaOctets());
  }

  @Override
  public boolean setQuota(AccountId id, long quotaOctets) {
    return replace(id, old -> new Account(id, old.address(), old.passwords(), quotaOctets));
  }

  private boolean replace(AccountId id, java.util.function.UnaryOperator<Account> change) {
    Optional<Account> old = accounts().stream().filter(a -> a.id().equals(id)).findFirst();
    old.ifPresent(account -> accounts.put(key(account.address()), change.apply(account)));
    return old.isPresent();
  }

  @Override
  public boolean removeAccount(AccountId id) {
    return accounts.values().removeIf(account -> account.id().equals(id));
  }

  @Override
  public boolean putAlias(Alias alias) {
    if (accounts.containsKey(key(alias.name()))) {
      return false;
    }
    aliases.put(key(alias.name()), alias);
    return true;
  }

  @Override
  public boolean removeAlias(Mailbox name) {
    return aliases.remove(key(name)) != null;
  }

  @Override
  public Optional<Maildrop> open(AccountId account) {
    return Optional.empty();
  }

  @Override
  public Usage usage(AccountId account) {
    return usage.getOrDefault(account, new Usage(0, 0));
  }

  void fill(String address, long mails, long octets) {
    usage.put(accounts.get(address).id(), new Usage(mails, octets));
  }

  /** What is kept of a password here. */
  static Optional<StoredPassword> keep(String name, String password, List<StoredPassword> there) {
    return password.contains("\u0378") // unassigned
        ? Optional.empty()
        : Optional.of(new StoredPassword(name, "hash of " + password, Optional.empty()));
  }

  Optional<String> hash(String address, String name) {
    return accounts.get(address).password(name).map(StoredPassword::hash);
  }

  Optional<String> hash(String address) {
    return hash(address, StoredPassword.MAIN);
  }

  private static String key(Mailbox address) {
    return address.toString().toLowerCase(Locale.ROOT);
  }
}
