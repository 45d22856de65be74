package me.ehlo.control;

import java.util.List;
import java.util.Optional;
import me.ehlo.access.Account;
import me.ehlo.access.Alias;
import me.ehlo.access.Directory;
import me.ehlo.access.StoredPassword;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrops.Usage;

/** The commands about accounts. */
final class Users {
  private static final int PASSWORD_MAX = 1024;

  private final Site site;
  private final Directory directory;
  private final Addresses addresses;

  Users(Site site, Addresses addresses) {
    this.site = site;
    this.directory = site.directory();
    this.addresses = addresses;
  }

  int add(Request.UserAdd request, Dialogue dialogue) throws Refused, StorageFailure {
    Mailbox address = addresses.ours(request.address());
    refuseTaken(address);
    Optional<StoredPassword> password = newMain(address, List.of(), dialogue);
    if (password.isEmpty()) {
      return ExitCode.REFUSED;
    }
    long quota = request.quotaOctets().orElse(site.quotaOctets());
    if (directory.addAccount(address, List.of(password.get()), quota).isEmpty()) {
      throw new Refused(address + " was added by somebody else just now.");
    }
    dialogue.out("Added " + address + ". Mail to it is taken from now on.");
    return ExitCode.DONE;
  }

  int list(Dialogue dialogue) throws StorageFailure {
    Columns columns = new Columns("ADDRESS", "MAILS", "OCTETS", "QUOTA", "PASSWORD");
    for (Account account : directory.accounts()) {
      Usage usage = site.maildrops().usage(account.id());
      columns.add(
          account.address().toString(),
          Long.toString(usage.mails()),
          Long.toString(usage.octets()),
          account.quotaOctets() == 0 ? "none" : Long.toString(account.quotaOctets()),
          passwords(account));
    }
    columns.lines().forEach(dialogue::out);
    return ExitCode.DONE;
  }

  private static String passwords(Account account) {
    String main = account.password(StoredPassword.MAIN).isPresent() ? "set" : "not set";
    int others = account.appPasswords().size();
    return others == 0 ? main : main + ", " + others + " for programs";
  }

  int password(String text, Dialogue dialogue) throws Refused, StorageFailure {
    Account account = account(text);
    Optional<StoredPassword> password = newMain(account.address(), account.passwords(), dialogue);
    if (password.isEmpty()) {
      return ExitCode.REFUSED;
    }
    if (!directory.setPassword(account.id(), password.get())) {
      throw gone(account);
    }
    dialogue.out("The password of " + account.address() + " is set.");
    if (!account.appPasswords().isEmpty()) {
      dialogue.out("Those for single programs stay; see ehlo user app-password list.");
    }
    return ExitCode.DONE;
  }

  int quota(Request.UserQuota request, Dialogue dialogue) throws Refused, StorageFailure {
    Account account = account(request.address());
    if (!directory.setQuota(account.id(), request.quotaOctets())) {
      throw gone(account);
    }
    dialogue.out(
        request.quotaOctets() == 0
            ? account.address() + " has no quota now."
            : account.address() + " may keep " + request.quotaOctets() + " octets now.");
    return ExitCode.DONE;
  }

  int remove(Request.UserRemove request, Dialogue dialogue) throws Refused, StorageFailure {
    Account account = account(request.address());
    Mailbox address = account.address();
    if (addresses.isPostmaster(address)) {
      // RFC 5321 §4.5.1: a server that takes mail takes mail for its postmaster.
      throw new Refused(address + " cannot be removed: every mail server has a postmaster.");
    }
    long mails = site.maildrops().usage(account.id()).mails();
    if (mails > 0 && !request.confirmed() && !dialogue.confirm(question(address, mails))) {
      dialogue.err("Nothing was removed.");
      return ExitCode.REFUSED;
    }
    if (!directory.removeAccount(account.id())) {
      throw gone(account);
    }
    dialogue.out("Removed " + address + (mails > 0 ? " and " + counted(mails) + "." : "."));
    tellOfAliases(address, dialogue);
    return ExitCode.DONE;
  }

  private void refuseTaken(Mailbox address) throws Refused, StorageFailure {
    switch (directory.find(address)) {
      case Directory.Entry.User _ ->
          throw new Refused(address + " exists already; ehlo user password sets its password.");
      case Directory.Entry.Listed _ ->
          throw new Refused(
              address + " is an alias; ehlo alias remove " + address + " makes room.");
      case Directory.Entry.Nobody _ -> {}
    }
  }

  /** The account of this address. */
  Account account(String text) throws Refused, StorageFailure {
    Mailbox address = addresses.any(text);
    return switch (directory.find(address)) {
      case Directory.Entry.User(Account account) -> account;
      case Directory.Entry.Listed _ ->
          throw new Refused(address + " is an alias, not a user; see ehlo alias list.");
      case Directory.Entry.Nobody _ ->
          throw new Refused("There is no user " + address + "; see ehlo user list.");
    };
  }

  private Optional<StoredPassword> newMain(
      Mailbox address, List<StoredPassword> there, Dialogue dialogue) throws Refused {
    Optional<String> password = dialogue.password(address.toString());
    if (password.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(kept(StoredPassword.MAIN, password.get(), there));
  }

  /** What is kept of a password; refuses what nobody could use. */
  StoredPassword kept(String name, String password, List<StoredPassword> there) throws Refused {
    refuseUnusable(password);
    return site.keeping()
        .keep(name, password, there)
        .orElseThrow(() ->
            new Refused(
                "This password has a character that SCRAM does not allow; choose another password."));
  }

  private static void refuseUnusable(String password) throws Refused {
    if (password.isEmpty()) {
      throw new Refused("An empty password is none.");
    }
    if (password.length() > PASSWORD_MAX) {
      throw new Refused("A password has at most " + PASSWORD_MAX + " characters.");
    }
    if (password.chars().anyMatch(Character::isISOControl)) {
      throw new Refused("A control character in a password could not be typed in a mail program.");
    }
  }

  private void tellOfAliases(Mailbox address, Dialogue dialogue) throws StorageFailure {
    List<Alias> leading =
        directory.aliases().stream().filter(alias -> alias.targets().contains(address)).toList();
    leading.forEach(alias -> dialogue.err("The alias " + alias.name() + " still leads there."));
  }

  private static String question(Mailbox address, long mails) {
    return "With "
        + address
        + " "
        + counted(mails)
        + (mails == 1 ? " goes" : " go")
        + " for good. Remove?";
  }

  private static String counted(long mails) {
    return mails == 1 ? "1 mail" : mails + " mails";
  }

  private static Refused gone(Account account) {
    return new Refused(account.address() + " was removed by somebody else just now.");
  }
}
