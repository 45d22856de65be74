package me.ehlo.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Parsed;

/** A directory of a few accounts that are there from the start, for tests. */
public final class FewAccounts implements Directory {
  private final List<Account> accounts = new ArrayList<>();
  private final List<Alias> aliases = new ArrayList<>();

  public FewAccounts(String... addresses) {
    for (String address : addresses) {
      accounts.add(
          new Account(new AccountId(accounts.size() + 1), mailbox(address), Optional.empty(), 0));
    }
  }

  /** Adds an alias. */
  public FewAccounts alias(String name, String target) {
    aliases.add(new Alias(mailbox(name), List.of(mailbox(target))));
    return this;
  }

  /** Gives everybody this password. */
  public FewAccounts passwords(String stored) {
    accounts.replaceAll(
        account -> new Account(account.id(), account.address(), Optional.of(stored), 0));
    return this;
  }

  @Override
  public Entry find(Mailbox address) {
    return accounts.stream()
        .filter(account -> same(account.address(), address))
        .<Entry>map(Entry.User::new)
        .findFirst()
        .or(() ->
            aliases.stream()
                .filter(alias -> same(alias.name(), address))
                .<Entry>map(Entry.Listed::new)
                .findFirst())
        .orElseGet(Entry.Nobody::new);
  }

  @Override
  public List<Account> named(LocalPart localPart) {
    return accounts.stream()
        .filter(account -> account.address().localPart().key().equals(localPart.key()))
        .toList();
  }

  @Override
  public List<Account> accounts() {
    return List.copyOf(accounts);
  }

  @Override
  public List<Alias> aliases() {
    return List.copyOf(aliases);
  }

  @Override
  public Optional<Account> addAccount(Mailbox address, Optional<String> hash, long quotaOctets) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean setPassword(AccountId account, String passwordHash) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean setQuota(AccountId account, long quotaOctets) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean removeAccount(AccountId account) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean putAlias(Alias alias) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean removeAlias(Mailbox name) {
    throw new UnsupportedOperationException();
  }

  private static boolean same(Mailbox a, Mailbox b) {
    return a.localPart().key().equals(b.localPart().key()) && a.host().equals(b.host());
  }

  private static Mailbox mailbox(String address) {
    return ((Parsed.Right<Mailbox>) AddressParser.mailbox(address)).value();
  }
}
