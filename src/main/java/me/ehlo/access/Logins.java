package me.ehlo.access;

import java.util.List;
import java.util.Optional;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.StorageFailure;

/**
 * Who somebody is who gives a user name and a password.
 *
 * <p>The name is the account's address, or its local part where only one account has it; in any case, without detail and
 * not through an alias. Why a login is refused is never told: neither by the answer nor by how long it takes.
 */
public final class Logins {
  private final Directory directory;
  private final Passwords passwords;

  /** What became of a login. */
  public sealed interface Login {

    /** It is this account. */
    record Known(Account account) implements Login {}

    /** No such user, or not this password. */
    record Rejected() implements Login {}

    /** Too many are logging in at this moment. */
    record Busy() implements Login {}
  }

  public Logins(Directory directory, Passwords passwords) {
    this.directory = directory;
    this.passwords = passwords;
  }

  /** Checks a name and a password. */
  public Login login(String name, String password) throws StorageFailure {
    Optional<Account> account = account(name);
    Passwords.Verdict verdict =
        account.isPresent()
            ? passwords.check(account.get(), password)
            : passwords.checkNobody(password);
    return switch (verdict) {
      case RIGHT -> account.<Login>map(Login.Known::new).orElseGet(Login.Rejected::new);
      case WRONG -> new Login.Rejected();
      case BUSY -> new Login.Busy();
    };
  }

  private Optional<Account> account(String name) throws StorageFailure {
    if (AddressParser.mailbox(name) instanceof Parsed.Right<Mailbox>(var address)) {
      return directory.find(address) instanceof Directory.Entry.User(var account)
          ? Optional.of(account)
          : Optional.empty();
    }
    if (AddressParser.localPart(name) instanceof Parsed.Right<LocalPart>(var localPart)) {
      List<Account> named = directory.named(localPart);
      return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
    }
    return Optional.empty();
  }
}
