package me.ehlo.access;

import java.util.List;
import java.util.Optional;
import me.ehlo.mail.StorageFailure;
import me.ehlo.sasl.Authority;
import me.ehlo.sasl.Verdict;

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

    /** It is this account, and this is the password that was given. */
    record Known(Account account, StoredPassword password) implements Login {}

    /** No such user, or not this password. */
    record Rejected() implements Login {}

    /** Too many are logging in at this moment. */
    record Busy() implements Login {}
  }

  public Logins(Directory directory, Passwords passwords) {
    this.directory = directory;
    this.passwords = passwords;
  }

  /** The authority for one conversation, with a client at this address. */
  public Authority from(String clientAddress) {
    return this::verdict;
  }

  /** Checks a name and a password. */
  public Login login(String name, String password) throws StorageFailure {
    return switch (check(account(LoginName.of(name)), password)) {
      case Passwords.Verdict.Right(var account, var right) -> new Login.Known(account, right);
      case Passwords.Verdict.Wrong() -> new Login.Rejected();
      case Passwords.Verdict.Busy() -> new Login.Busy();
    };
  }

  private Verdict verdict(String name, String password) {
    try {
      return switch (check(account(LoginName.of(name)), password)) {
        case Passwords.Verdict.Right(var account, var right) ->
            new Verdict.Known(account.identity(right));
        case Passwords.Verdict.Wrong() -> Verdict.refused(Verdict.Why.WRONG);
        case Passwords.Verdict.Busy() -> Verdict.refused(Verdict.Why.BUSY);
      };
    } catch (StorageFailure e) {
      return Verdict.refused(Verdict.Why.TROUBLE);
    }
  }

  private Passwords.Verdict check(Optional<Account> account, String password) {
    return account.isPresent()
        ? passwords.check(account.get(), password)
        : passwords.checkNobody(password);
  }

  private Optional<Account> account(LoginName name) throws StorageFailure {
    if (name.address().isPresent()) {
      return directory.find(name.address().get()) instanceof Directory.Entry.User(var account)
          ? Optional.of(account)
          : Optional.empty();
    }
    if (name.localPart().isPresent()) {
      List<Account> named = directory.named(name.localPart().get());
      return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
    }
    return Optional.empty();
  }
}
