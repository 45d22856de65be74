package me.ehlo.access;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.StorageFailure;
import me.ehlo.sasl.ScramPassword;

/**
 * What SCRAM tells of a name that has no password for it: a salt that stays the same, as a user's does.
 *
 * <p>The hard part are names without a domain. That of a user has the salt of exactly one of the addresses with this
 * name; so must every other, or it could be seen that nobody, or more than one, is called so.
 */
public final class ScramDecoys {
  private static final int SALT_OCTETS = 16;
  private static final int NONCE_OCTETS = 18; // 24 characters of Base64, without padding

  private final KeyedDigest digest;
  private final List<Domain> domains;
  private final RandomGenerator random;

  /**
   * @param digest under a key that is the same after a restart and on every node
   * @param domains ours
   * @param random for nonces; fit for secrets
   */
  public ScramDecoys(KeyedDigest digest, List<Domain> domains, RandomGenerator random) {
    this.digest = digest;
    this.domains = List.copyOf(domains);
    this.random = random;
  }

  /**
   * The salt for this name, in Base64.
   *
   * @param account whom it stands for
   */
  String salt(LoginName name, Optional<Account> account, Directory directory)
      throws StorageFailure {
    Optional<Mailbox> address = account.map(Account::address).or(() -> address(name));
    Optional<Account> there = account;
    if (account.isEmpty() && address.isPresent()) {
      there = at(address.get(), directory);
    }
    return there.stream()
        .flatMap(user -> user.scramPasswords().stream())
        .flatMap(password -> password.scram().stream())
        .map(ScramKeys::salt)
        .findFirst()
        .orElseGet(() -> fake(address.map(ScramDecoys::key).orElseGet(name::key)));
  }

  /** The salt for this name while nobody can say whom it stands for. */
  String salt(LoginName name) {
    return fake(address(name).map(ScramDecoys::key).orElseGet(name::key));
  }

  /** A password that no proof fits, so that looking at none costs as much as at one. */
  ScramPassword password(LoginName name) {
    String key = Base64.getEncoder().encodeToString(digest.of("key", name.key()));
    return new ScramPassword(StoredPassword.MAIN, key, key);
  }

  /** The server's part of a nonce. */
  String nonce() {
    byte[] octets = new byte[NONCE_OCTETS];
    random.nextBytes(octets);
    return Base64.getEncoder().encodeToString(octets);
  }

  /** The address that this name is taken for: its own, or one that is always the same. */
  private Optional<Mailbox> address(LoginName name) {
    return name.address()
        .or(() -> name.localPart().map(local -> new Mailbox(local, domains.get(any(local.key())))));
  }

  private int any(String localKey) {
    int number = digest.of("domain", localKey)[0] & 0xff;
    return number % domains.size();
  }

  private static Optional<Account> at(Mailbox address, Directory directory) throws StorageFailure {
    return directory.find(address) instanceof Directory.Entry.User(var account)
        ? Optional.of(account)
        : Optional.empty();
  }

  private static String key(Mailbox address) {
    return address.localPart().key() + "@" + address.host();
  }

  private String fake(String of) {
    byte[] salt = new byte[SALT_OCTETS];
    System.arraycopy(digest.of("salt", of), 0, salt, 0, SALT_OCTETS);
    return Base64.getEncoder().encodeToString(salt);
  }
}
