package me.ehlo.access;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Domain;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.StorageFailure;
import me.ehlo.store.RamStore;

/** A directory in memory, for tests. */
public final class RamDirectory implements Directory {
  private final RamStore store;
  private final AtomicLong lastId = new AtomicLong();
  private final ConcurrentSkipListMap<Name, Entry> entries =
      new ConcurrentSkipListMap<>(Comparator.comparing(Name::domain).thenComparing(Name::localKey));

  private record Name(String domain, String localKey) {}

  public RamDirectory(RamStore store) {
    this.store = store;
  }

  /** Whether there is such an account. */
  public boolean exists(AccountId id) {
    return users().anyMatch(account -> account.id().equals(id));
  }

  private Stream<Account> users() {
    return entries.values().stream()
        .filter(Entry.User.class::isInstance)
        .map(entry -> ((Entry.User) entry).account());
  }

  @Override
  public Entry find(Mailbox address) throws StorageFailure {
    store.check();
    return address.host() instanceof Domain
        ? entries.getOrDefault(name(address), new Entry.Nobody())
        : new Entry.Nobody();
  }

  @Override
  public List<Account> named(LocalPart localPart) throws StorageFailure {
    store.check();
    return users()
        .filter(account -> account.address().localPart().key().equals(localPart.key()))
        .toList();
  }

  @Override
  public List<Account> accounts() throws StorageFailure {
    store.check();
    return users().toList();
  }

  @Override
  public List<Alias> aliases() throws StorageFailure {
    store.check();
    return entries.values().stream()
        .filter(Entry.Listed.class::isInstance)
        .map(entry -> ((Entry.Listed) entry).alias())
        .toList();
  }

  @Override
  public Optional<Account> addAccount(
      Mailbox address, List<StoredPassword> passwords, long quotaOctets) throws StorageFailure {
    store.check();
    Account account =
        new Account(
            new AccountId(lastId.incrementAndGet()), plain(address), passwords, quotaOctets);
    return entries.putIfAbsent(name(address), new Entry.User(account)) == null
        ? Optional.of(account)
        : Optional.empty();
  }

  @Override
  public boolean setPassword(AccountId id, StoredPassword password) throws StorageFailure {
    return change(
        id, was -> with(was, Stream.concat(without(was, password.name()), Stream.of(password))));
  }

  @Override
  public boolean addPassword(AccountId id, StoredPassword password) throws StorageFailure {
    return !has(id, password.name()) && setPassword(id, password);
  }

  @Override
  public boolean removePassword(AccountId id, String name) throws StorageFailure {
    return has(id, name) && change(id, was -> with(was, without(was, name)));
  }

  private boolean has(AccountId id, String name) {
    return users().anyMatch(user -> user.id().equals(id) && user.password(name).isPresent());
  }

  private static Stream<StoredPassword> without(Account account, String name) {
    return account.passwords().stream().filter(password -> !password.name().equals(name));
  }

  private static Account with(Account was, Stream<StoredPassword> passwords) {
    return new Account(was.id(), was.address(), passwords.toList(), was.quotaOctets());
  }

  @Override
  public boolean setQuota(AccountId id, long octets) throws StorageFailure {
    return change(id, was -> new Account(id, was.address(), was.passwords(), octets));
  }

  private boolean change(AccountId id, UnaryOperator<Account> change) throws StorageFailure {
    store.check();
    Optional<Account> account = users().filter(user -> user.id().equals(id)).findAny();
    account.ifPresent(was -> entries.put(name(was.address()), new Entry.User(change.apply(was))));
    return account.isPresent();
  }

  @Override
  public boolean removeAccount(AccountId id) throws StorageFailure {
    store.check();
    store.remove(id);
    return entries
        .values()
        .removeIf(entry -> entry instanceof Entry.User(var user) && user.id().equals(id));
  }

  @Override
  public boolean putAlias(Alias alias) throws StorageFailure {
    store.check();
    Alias plain =
        new Alias(plain(alias.name()), alias.targets().stream().map(RamDirectory::plain).toList());
    return entries.merge(
            name(alias.name()),
            new Entry.Listed(plain),
            (old, fresh) -> old instanceof Entry.Listed ? fresh : old)
        instanceof Entry.Listed;
  }

  @Override
  public boolean removeAlias(Mailbox alias) throws StorageFailure {
    store.check();
    return alias.host() instanceof Domain
        && entries.get(name(alias)) instanceof Entry.Listed listed
        && entries.remove(name(alias), listed);
  }

  /** As the store gives it back: domains by their A-labels. */
  private static Mailbox plain(Mailbox address) {
    return address.host() instanceof Domain domain
        ? new Mailbox(address.localPart(), Domain.ofAscii(domain.ascii()))
        : address;
  }

  private static Name name(Mailbox address) {
    if (address.host() instanceof Domain domain) {
      return new Name(domain.ascii(), address.localPart().key());
    }
    throw new IllegalArgumentException("a local name stands in a domain: " + address);
  }
}
