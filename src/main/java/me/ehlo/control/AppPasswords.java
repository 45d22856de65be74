package me.ehlo.control;

import java.util.List;
import java.util.Optional;
import me.ehlo.access.Account;
import me.ehlo.access.Directory;
import me.ehlo.access.StoredPassword;
import me.ehlo.mail.StorageFailure;

/** The commands about application passwords. */
final class AppPasswords {
  private static final int NAME_MAX = 64;
  private static final int PASSWORDS_MAX = 100;

  private final Site site;
  private final Directory directory;
  private final Users users;

  AppPasswords(Site site, Users users) {
    this.site = site;
    this.directory = site.directory();
    this.users = users;
  }

  int add(Request.AppPasswordAdd request, Dialogue dialogue) throws Refused, StorageFailure {
    Account account = users.account(request.address());
    String name = name(request.name());
    refuseTaken(account, name);
    Optional<String> password =
        request.given()
            ? dialogue.password(account.address().toString())
            : Optional.of(site.invention().get());
    if (password.isEmpty()) {
      return ExitCode.REFUSED;
    }
    StoredPassword kept = users.kept(name, password.get(), account.passwords());
    if (!directory.addPassword(account.id(), kept)) {
      throw new Refused(account.address() + " was changed by somebody else just now.");
    }
    tell(account, name, request.given() ? Optional.empty() : password, dialogue);
    return ExitCode.DONE;
  }

  /** What was made up goes to the output alone, so that a script has it and nothing else. */
  private static void tell(Account account, String name, Optional<String> made, Dialogue dialogue) {
    if (made.isEmpty()) {
      dialogue.out("The password \"" + name + "\" of " + account.address() + " is set.");
      return;
    }
    dialogue.aside(
        "The password \""
            + name
            + "\" of "
            + account.address()
            + "; type it into that program now, for it is never shown again:");
    dialogue.out(made.get());
  }

  int list(String address, Dialogue dialogue) throws Refused, StorageFailure {
    List<StoredPassword> passwords = users.account(address).appPasswords();
    if (passwords.isEmpty()) {
      dialogue.err("There are none; ehlo user app-password add makes one.");
      return ExitCode.DONE;
    }
    Columns columns = new Columns("NAME", "SCRAM");
    passwords.forEach(one -> columns.add(one.name(), one.scram().isPresent() ? "yes" : "no"));
    columns.lines().forEach(dialogue::out);
    return ExitCode.DONE;
  }

  int remove(Request.AppPasswordRemove request, Dialogue dialogue) throws Refused, StorageFailure {
    Account account = users.account(request.address());
    String name = name(request.name());
    if (!directory.removePassword(account.id(), name)) {
      throw new Refused(
          account.address()
              + " has no password \""
              + name
              + "\"; see ehlo user app-password list "
              + account.address()
              + ".");
    }
    dialogue.out(
        "Revoked \"" + name + "\" of " + account.address() + ": it is refused from now on.");
    return ExitCode.DONE;
  }

  private static String name(String typed) throws Refused {
    String name = typed.strip();
    if (name.isEmpty()) {
      throw new Refused(
          "A name is missing, such as phone; ehlo user password sets the main password.");
    }
    if (name.length() > NAME_MAX || name.chars().anyMatch(Character::isISOControl)) {
      throw new Refused(
          "A name has at most " + NAME_MAX + " characters, and no control character.");
    }
    return name;
  }

  private static void refuseTaken(Account account, String name) throws Refused {
    if (account.password(name).isPresent()) {
      throw new Refused(
          account.address()
              + " has a password \""
              + name
              + "\" already; remove that one first, or choose another name.");
    }
    if (account.passwords().size() >= PASSWORDS_MAX) {
      throw new Refused("An account has at most " + PASSWORDS_MAX + " passwords.");
    }
  }
}
