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
  Optional<Account> addAccount(Mailbox address, Optional<String> passwordHash, long quotaOctets)
      throws StorageFailure;

  /** Sets the password; false when there is no such account. */
  boolean setPassword(AccountId account, String passwordHash) throws StorageFailure;

  /** Sets the quota, 0 for none; false when there is no such account. */
  boolean setQuota(AccountId account, long quotaOctets) throws StorageFailure;

  /** Removes the account and every mail in its maildrop in one commit; false when there is no such account. */
  boolean removeAccount(AccountId account) throws StorageFailure;

  /** Adds an alias or replaces its targets; false when the name is taken by an account. */
  boolean putAlias(Alias alias) throws StorageFailure;

  /** Removes an alias; false when there is none. */
  boolean removeAlias(Mailbox name) throws StorageFailure;
}
