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
  private final ConcurrentHashMap<Mailbox, Remembered> recent = new ConcurrentHashMap<>();

  public RecentDirectory(Directory directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** As the directory's own, up to a second old. */
  @Override
  public Entry find(Mailbox address) throws StorageFailure {
    Instant now = clock.instant();
    Remembered known = recent.get(address);
    if (known != null && now.isBefore(known.until())) {
      return known.entry();
    }
    Entry entry = directory.find(address);
    if (recent.size() >= ENTRIES_MAX) {
      recent.clear();
    }
    recent.put(address, new Remembered(entry, now.plus(KEPT)));
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
      Mailbox address, Optional<String> passwordHash, long quotaOctets) throws StorageFailure {
    return changed(directory.addAccount(address, passwordHash, quotaOctets));
  }

  @Override
  public boolean setPassword(AccountId account, String passwordHash) throws StorageFailure {
    return changed(directory.setPassword(account, passwordHash));
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
    recent.clear();
    return outcome;
  }
}
