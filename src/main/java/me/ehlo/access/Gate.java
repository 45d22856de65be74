package me.ehlo.access;

import java.util.List;
import java.util.Optional;
import me.ehlo.mail.StorageFailure;
import me.ehlo.sasl.Authority;
import me.ehlo.sasl.Identity;
import me.ehlo.sasl.ScramPassword;
import me.ehlo.sasl.ScramUser;
import me.ehlo.sasl.Verdict;

/**
 * The way in for one client.
 *
 * <p>The order matters: who is blocked costs no hash; what a hash has shown is told only to those who were not blocked
 * meanwhile, so that a hundred guesses at the same moment are worth no more than a few, one after the other.
 *
 * @param client its address
 */
record Gate(Logins logins, String client) implements Authority {

  @Override
  public Verdict password(String name, String password) {
    try {
      Attempt attempt = attempt(name);
      return logins.guesses().blocks(attempt)
          ? Verdict.refused(Verdict.Why.BLOCKED)
          : check(attempt, password);
    } catch (StorageFailure e) {
      return Verdict.refused(Verdict.Why.TROUBLE);
    }
  }

  @Override
  public ScramUser scram(String name) {
    try {
      Attempt attempt = attempt(name);
      String salt = logins.decoys().salt(attempt.name(), attempt.account(), logins.directory());
      return logins.guesses().blocks(attempt)
          ? refused(attempt.name(), salt, Verdict.Why.BLOCKED)
          : user(attempt, salt);
    } catch (StorageFailure e) {
      LoginName prepared = LoginName.of(name);
      return refused(prepared, logins.decoys().salt(prepared), Verdict.Why.TROUBLE);
    }
  }

  private Attempt attempt(String name) throws StorageFailure {
    LoginName prepared = LoginName.of(name);
    return new Attempt(client, prepared, logins.account(prepared));
  }

  private Verdict check(Attempt attempt, String password) {
    return switch (logins.check(attempt.account(), password)) {
      case Passwords.Verdict.Right(var account, var right) ->
          right(attempt, account.identity(right));
      case Passwords.Verdict.Wrong() -> wrong(attempt, Optional.of(password));
      case Passwords.Verdict.Busy() -> Verdict.refused(Verdict.Why.BUSY);
    };
  }

  private Verdict right(Attempt attempt, Identity identity) {
    return logins.guesses().right(attempt)
        ? new Verdict.Known(identity)
        : Verdict.refused(Verdict.Why.BLOCKED);
  }

  private Verdict wrong(Attempt attempt, Optional<String> password) {
    return logins
        .guesses()
        .wrong(attempt, password)
        .map(pause -> {
          logins.tarpit().pause(pause);
          return Verdict.refused(Verdict.Why.WRONG);
        })
        .orElseGet(() -> Verdict.refused(Verdict.Why.BLOCKED));
  }

  private ScramUser user(Attempt attempt, String salt) {
    List<StoredPassword> stored =
        attempt.account().stream().flatMap(account -> account.scramPasswords().stream()).toList();
    return new ScramLogin(
        salt,
        stored.stream()
            .flatMap(one -> one.scram().stream())
            .map(ScramKeys::iterations)
            .findFirst()
            .orElse(ScramKeys.ITERATIONS),
        logins.decoys().nonce(),
        stored.isEmpty()
            ? List.of(logins.decoys().password(attempt.name()))
            : stored.stream().flatMap(one -> keys(one).stream()).toList(),
        proved -> proved(attempt, proved),
        () -> wrong(attempt, Optional.empty()));
  }

  private Verdict proved(Attempt attempt, ScramPassword proved) {
    return attempt
        .account()
        .flatMap(account -> account.password(proved.name()).map(account::identity))
        .map(identity -> right(attempt, identity))
        .orElseGet(() -> wrong(attempt, Optional.empty()));
  }

  private ScramUser refused(LoginName name, String salt, Verdict.Why why) {
    return new ScramLogin(
        salt,
        ScramKeys.ITERATIONS,
        logins.decoys().nonce(),
        List.of(logins.decoys().password(name)),
        _ -> Verdict.refused(why),
        () -> Verdict.refused(why));
  }

  private static Optional<ScramPassword> keys(StoredPassword stored) {
    return stored
        .scram()
        .map(keys -> new ScramPassword(stored.name(), keys.storedKey(), keys.serverKey()));
  }
}
