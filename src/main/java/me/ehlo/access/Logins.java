package me.ehlo.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.StorageFailure;
import me.ehlo.sasl.Authority;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.Identity;
import me.ehlo.sasl.Mechanisms;

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
  private final boolean scram;
  private final ScramDecoys decoys;

  /**
   * Makes one.
   *
   * @param tarpit where those wait who gave a wrong password
   * @param scram whether it is offered; where it is not, passwords are given as they are
   * @param decoys what SCRAM tells of those who are not there
   */
  public Logins(
      Directory directory,
      Passwords passwords,
      Guesses guesses,
      Pause tarpit,
      boolean scram,
      ScramDecoys decoys) {
    this.directory = directory;
    this.passwords = passwords;
    this.guesses = guesses;
    this.tarpit = tarpit;
    this.scram = scram;
    this.decoys = decoys;
  }

  /** Where everybody may guess as often as they like, and SCRAM is not offered; for what has nothing to do with either. */
  public Logins(Directory directory, Passwords passwords) {
    this(
        directory,
        passwords,
        new Guesses(Guesses.Rules.NONE, new KeyedDigest(new byte[1]), _ -> {}, () -> Instant.EPOCH),
        Pause.NONE,
        false,
        new ScramDecoys(new KeyedDigest(new byte[1]), List.of(), () -> 0));
  }

  /** The authority for one conversation, with a client at this address. */
  public Authority from(String clientAddress) {
    return new Gate(this, clientAddress);
  }

  /** How a client at this address may log in over this channel, where it may give a password at all. */
  public Mechanisms mechanisms(String clientAddress, Channel channel) {
    Authority authority = from(clientAddress);
    return scram ? Mechanisms.withScram(authority, channel) : Mechanisms.ofPasswords(authority);
  }

  /** Whether somebody who has logged in could still do so. */
  public boolean stillHolds(Identity identity) throws StorageFailure {
    return new LoginStanding(directory::find).stillHolds(identity);
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
