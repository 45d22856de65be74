package me.ehlo.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.StorageFailure;

/**
 * Remembers for a second what the directory said of an address, so that a busy server asks it once and not for each mail.
 *
 * <p>A change made through it is seen at once; one made by another process, after a second.
 */
public final class RecentDirectory implements Directory {
  private static final Duration KEPT = Duration.ofSeconds(1);
  private static final int ENTRIES_MAX = 10_000;

  private record Remembered(Entry entry, Instant until) {}

  private final Directory directory;
  private final InstantSource clock;

  // A change begins a new one: what a look-up under way meanwhile has found stands in the old one,
  // where nobody sees it.
  private volatile ConcurrentHashMap<Mailbox, Remembered> recent = new ConcurrentHashMap<>();

  public RecentDirectory(Directory directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** As the directory's own, up to a second old. */
  @Override
  public Entry find(Mailbox address) throws StorageFailure {
    Instant now = clock.instant();
    ConcurrentHashMap<Mailbox, Remembered> memory = recent;
    Remembered known = memory.get(address);
    if (known != null && now.isBefore(known.until())) {
      return known.entry();
    }
    Entry entry = directory.find(address);
    if (memory.size() >= ENTRIES_MAX) {
      memory.clear();
    }
    memory.put(address, new Remembered(entry, now.plus(KEPT)));
    return entry;
  }

  @Override
  public List<Account> named(LocalPart localPart) throws StorageFailure {
    return directory.named(localPart);
  }

  @Override
  public List<Account> accounts() throws StorageFailure {
    return directory.accounts();
  }

  @Override
  public List<Alias> aliases() throws StorageFailure {
    return directory.aliases();
  }

  @Override
  public Optional<Account> addAccount(
      Mailbox address, List<StoredPassword> passwords, long quotaOctets) throws StorageFailure {
    return changed(directory.addAccount(address, passwords, quotaOctets));
  }

  @Override
  public boolean setPassword(AccountId account, StoredPassword password) throws StorageFailure {
    return changed(directory.setPassword(account, password));
  }

  @Override
  public boolean addPassword(AccountId account, StoredPassword password) throws StorageFailure {
    return changed(directory.addPassword(account, password));
  }

  @Override
  public boolean removePassword(AccountId account, String name) throws StorageFailure {
    return changed(directory.removePassword(account, name));
  }

  @Override
  public boolean setQuota(AccountId account, long quotaOctets) throws StorageFailure {
    return changed(directory.setQuota(account, quotaOctets));
  }

  @Override
  public boolean removeAccount(AccountId account) throws StorageFailure {
    return changed(directory.removeAccount(account));
  }

  @Override
  public boolean putAlias(Alias alias) throws StorageFailure {
    return changed(directory.putAlias(alias));
  }

  @Override
  public boolean removeAlias(Mailbox name) throws StorageFailure {
    return changed(directory.removeAlias(name));
  }

  private <T> T changed(T outcome) {
    recent = new ConcurrentHashMap<>();
    return outcome;
  }
}
