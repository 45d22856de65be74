package me.ehlo.access;

import java.util.List;
import java.util.Optional;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.StorageFailure;

/**
 * The accounts and aliases of this site. Local parts are found without regard to case, domains by their A-labels; a name
 * is an account or an alias, never both. Every change has reached the disk when its method returns.
 */
public interface Directory {

  /** What a name leads to. */
  sealed interface Entry {
    record User(Account account) implements Entry {}

    record Listed(Alias alias) implements Entry {}

    record Nobody() implements Entry {}
  }

  /** What exactly this address leads to; no detail, no domain fall-back. An address literal leads to nobody. */
  Entry find(Mailbox address) throws StorageFailure;

  /** The accounts with this local part in any domain, for those who log in without a domain. */
  List<Account> named(LocalPart localPart) throws StorageFailure;

  /** All accounts, by domain and local part. */
  List<Account> accounts() throws StorageFailure;

  /** All aliases, by domain and local part. */
  List<Alias> aliases() throws StorageFailure;

  /** Adds an account; empty when the name is taken by an account or an alias. */
  Optional<Account> addAccount(Mailbox address, List<StoredPassword> passwords, long quotaOctets)
      throws StorageFailure;

  /** The same, with a main password at most. */
  default Optional<Account> addAccount(Mailbox address, Optional<String> hash, long quotaOctets)
      throws StorageFailure {
    return addAccount(address, hash.map(StoredPassword::main).stream().toList(), quotaOctets);
  }

  /** Sets a password, in place of one of its name if there is one; false when there is no such account. */
  boolean setPassword(AccountId account, StoredPassword password) throws StorageFailure;

  /** Adds a password; false when there is no such account, or it has one of this name. */
  boolean addPassword(AccountId account, StoredPassword password) throws StorageFailure;

  /** Removes the password of this name; false when there is none. */
  boolean removePassword(AccountId account, String name) throws StorageFailure;

  /** Sets the quota, 0 for none; false when there is no such account. */
  boolean setQuota(AccountId account, long quotaOctets) throws StorageFailure;

  /** Removes the account and every mail in its maildrop in one commit; false when there is no such account. */
  boolean removeAccount(AccountId account) throws StorageFailure;

  /** Adds an alias or replaces its targets; false when the name is taken by an account. */
  boolean putAlias(Alias alias) throws StorageFailure;

  /** Removes an alias; false when there is none. */
  boolean removeAlias(Mailbox name) throws StorageFailure;
}
