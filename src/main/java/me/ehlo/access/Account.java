package me.ehlo.access;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Mailbox;
import me.ehlo.sasl.Identity;

/**
 * A local user.
 *
 * @param passwords by name, the main one first; none: nobody can log in yet
 * @param quotaOctets what the maildrop may hold; 0: no limit
 */
public record Account(
    AccountId id, Mailbox address, List<StoredPassword> passwords, long quotaOctets) {

  public Account {
    passwords = passwords.stream().sorted(Comparator.comparing(StoredPassword::name)).toList();
  }

  /** One that has no password but perhaps a main one. */
  public Account(AccountId id, Mailbox address, Optional<String> hash, long quotaOctets) {
    this(id, address, hash.map(StoredPassword::main).stream().toList(), quotaOctets);
  }

  /** The password of this name. */
  public Optional<StoredPassword> password(String name) {
    return passwords.stream().filter(password -> password.name().equals(name)).findFirst();
  }

  /** All but the main one. */
  public List<StoredPassword> appPasswords() {
    return passwords.stream().filter(password -> !password.isMain()).toList();
  }

  /** Those by which somebody can log in with SCRAM: all have one salt and one number of iterations. */
  public List<StoredPassword> scramPasswords() {
    List<StoredPassword> with =
        passwords.stream().filter(password -> password.scram().isPresent()).toList();
    return with.stream()
        .filter(password ->
            password.scram().get().sharesSaltWith(with.getFirst().scram().orElseThrow()))
        .toList();
  }

  /** Who has logged in with this password of ours. */
  public Identity identity(StoredPassword password) {
    return new Identity(id, address, password.name(), password.mark());
  }
}
