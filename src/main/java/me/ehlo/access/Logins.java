package me.ehlo.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.StorageFailure;
import me.ehlo.sasl.Authority;

/**
 * Who somebody is who gives a user name and a password.
 *
 * <p>The name is the account's address, or its local part where only one account has it; in any case, without detail and
 * not through an alias. Why a login is refused is never told: neither by the answer nor by how long it takes.
 */
public final class Logins {
  private final Directory directory;
  private final Passwords passwords;
  private final Guesses guesses;
  private final Pause tarpit;
  private final ScramDecoys decoys;

  /** What became of a login. */
  public sealed interface Login {

    /** It is this account, and this is the password that was given. */
    record Known(Account account, StoredPassword password) implements Login {}

    /** No such user, or not this password. */
    record Rejected() implements Login {}

    /** Too many are logging in at this moment. */
    record Busy() implements Login {}
  }

  /**
   * Makes one.
   *
   * @param tarpit where those wait who gave a wrong password
   * @param decoys what SCRAM tells of those who are not there
   */
  public Logins(
      Directory directory, Passwords passwords, Guesses guesses, Pause tarpit, ScramDecoys decoys) {
    this.directory = directory;
    this.passwords = passwords;
    this.guesses = guesses;
    this.tarpit = tarpit;
    this.decoys = decoys;
  }

  /** Where everybody may guess as often as they like, and SCRAM is not offered; for what has nothing to do with either. */
  public Logins(Directory directory, Passwords passwords) {
    this(
        directory,
        passwords,
        new Guesses(Guesses.Rules.NONE, new KeyedDigest(new byte[1]), _ -> {}, () -> Instant.EPOCH),
        Pause.NONE,
        new ScramDecoys(new KeyedDigest(new byte[1]), List.of(), () -> 0));
  }

  /** The authority for one conversation, with a client at this address. */
  public Authority from(String clientAddress) {
    return new Gate(this, clientAddress);
  }

  /** Checks a name and a password. */
  public Login login(String name, String password) throws StorageFailure {
    return switch (check(account(LoginName.of(name)), password)) {
      case Passwords.Verdict.Right(var account, var right) -> new Login.Known(account, right);
      case Passwords.Verdict.Wrong() -> new Login.Rejected();
      case Passwords.Verdict.Busy() -> new Login.Busy();
    };
  }

  Passwords.Verdict check(Optional<Account> account, String password) {
    return account.isPresent()
        ? passwords.check(account.get(), password)
        : passwords.checkNobody(password);
  }

  /** Whom a name stands for. */
  Optional<Account> account(LoginName name) throws StorageFailure {
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

  Directory directory() {
    return directory;
  }

  Guesses guesses() {
    return guesses;
  }

  Pause tarpit() {
    return tarpit;
  }

  ScramDecoys decoys() {
    return decoys;
  }
}
