package me.ehlo.access;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Makes of a new password what is kept of it.
 *
 * <p>All passwords of an account have one salt, so that one Argon2 computation tells which of them was given, and its time
 * does not tell how many there are. The same holds for SCRAM, with a salt of its own, because that one is told to clients.
 */
public final class Safekeeping {
  private static final int SALT_OCTETS = 16;
  private static final int GROUPS = 4;
  private static final int GROUP = 5;

  /** 32 of them, none like another: Crockford's, as in the ids of mails. */
  private static final String LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

  private final boolean scram;
  private final RandomGenerator random;

  /**
   * @param scram whether keys for SCRAM are kept too ({@code policy.scram})
   * @param random fit for secrets
   */
  public Safekeeping(boolean scram, RandomGenerator random) {
    this.scram = scram;
    this.random = random;
  }

  /**
   * What is kept of a password; costs tens of milliseconds and 19 MiB.
   *
   * @param there those of the account; one of the same name is about to be replaced
   * @return empty when no SCRAM client could use it, because SASLprep forbids one of its characters
   */
  public Optional<StoredPassword> keep(String name, String password, List<StoredPassword> there) {
    List<StoredPassword> others = there.stream().filter(one -> !one.name().equals(name)).toList();
    Optional<ScramKeys> keys =
        scram
            ? ScramDerivation.keys(password, scramSalt(others), ScramKeys.ITERATIONS)
            : Optional.empty();
    if (scram && keys.isEmpty()) {
      return Optional.empty();
    }
    byte[] salt =
        others.stream()
            .flatMap(one -> Argon2id.ourSalt(one.hash()).stream())
            .findFirst()
            .orElseGet(this::fresh);
    return Optional.of(new StoredPassword(name, Argon2id.hash(password, salt), keys));
  }

  /** A password that nobody guesses, of 100 bits, and that can be typed: {@code k7f2m-9qx4d-0ab1c-tz85w}. */
  public String invent() {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP; i++) {
      password.append(i > 0 && i % GROUP == 0 ? "-" : "");
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return password.toString();
  }

  private byte[] scramSalt(List<StoredPassword> others) {
    return others.stream()
        .flatMap(one -> one.scram().stream())
        .filter(keys -> keys.iterations() == ScramKeys.ITERATIONS)
        .findFirst()
        .map(keys -> Base64.getDecoder().decode(keys.salt()))
        .orElseGet(this::fresh);
  }

  private byte[] fresh() {
    byte[] salt = new byte[SALT_OCTETS];
    random.nextBytes(salt);
    return salt;
  }
}
