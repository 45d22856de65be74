package me.ehlo.access;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How passwords are stored: Argon2id (RFC 9106) with the parameters OWASP names, as PHC strings. */
public final class Argon2id {
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_OCTETS = 32;
  private static final int SALT_OCTETS = 16;

  /** How a PHC string with these parameters begins. */
  private static final String OURS = "$argon2id$v=19$m=19456,t=2,p=1$";

  /** No password has this hash; looking for one costs as much as for any other. */
  static final String NOBODY =
      OURS + "bm9ib2R5IGhhcyBpdCEhIQ$" + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private Argon2id() {}

  /** The PHC string to store for this password, with a salt of its own; costs tens of milliseconds and 19 MiB. */
  public static String hash(String password) {
    return Password.hash(normal(password)).addRandomSalt(SALT_OCTETS).with(ours()).getResult();
  }

  /** The same with this salt. */
  static String hash(String password, byte[] salt) {
    return ours().hash(octets(password), salt).getResult();
  }

  /** The salt of a hash that was made as we make them today. */
  static Optional<byte[]> ourSalt(String stored) {
    return stored.startsWith(OURS)
        ? Phc.parse(stored).map(Phc::salt).filter(salt -> salt.length == SALT_OCTETS)
        : Optional.empty();
  }

  /** Whether this is the password; costs as much as {@link #hash}. */
  static boolean verify(String password, String stored) {
    return which(password, List.of(StoredPassword.main(stored))).isPresent();
  }

  /**
   * Which of these the password is.
   *
   * <p>Costs one computation for all that have salt and parameters in common, which is all of an account, and as much
   * where there are none.
   */
  static Optional<StoredPassword> which(String password, List<StoredPassword> stored) {
    if (stored.isEmpty()) {
      return which(password, List.of(StoredPassword.main(NOBODY))).filter(_ -> false);
    }
    Map<String, byte[]> computed = new HashMap<>();
    Optional<StoredPassword> right = Optional.empty();
    for (StoredPassword one : stored) {
      boolean same =
          Phc.parse(one.hash())
              .filter(phc ->
                  MessageDigest.isEqual(
                      phc.digest(),
                      computed.computeIfAbsent(phc.made(), _ -> phc.compute(octets(password)))))
              .isPresent();
      right = same && right.isEmpty() ? Optional.of(one) : right;
    }
    return right;
  }

  private static Argon2Function ours() {
    return Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_OCTETS, Argon2.ID);
  }

  private static byte[] octets(String password) {
    return normal(password).getBytes(StandardCharsets.UTF_8);
  }

  /** RFC 8265 §4.2.2: an é is an é, whichever keyboard it came from. */
  static String normal(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFC);
  }

  /** A PHC string taken apart: {@code made} is all before the digest, the same for hashes that one computation answers. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Phc(String made, Argon2Function function, byte[] salt, byte[] digest) {

    /** Empty: what is stored is no Argon2 hash, and nobody has its password. */
    static Optional<Phc> parse(String stored) {
      try {
        Argon2Function function = Argon2Function.getInstanceFromHash(stored);
        int digest = stored.lastIndexOf('$') + 1;
        int salt = stored.lastIndexOf('$', digest - 2) + 1;
        return Optional.of(
            new Phc(
                stored.substring(0, digest),
                function,
                Base64.getDecoder().decode(stored.substring(salt, digest - 1)),
                Base64.getDecoder().decode(stored.substring(digest))));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        return Optional.empty();
      }
    }

    byte[] compute(byte[] password) {
      return function.hash(password, salt).getBytes();
    }
  }
}
