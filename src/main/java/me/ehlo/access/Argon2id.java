package me.ehlo.access;

import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.text.Normalizer;

/** How passwords are stored: Argon2id (RFC 9106) with the parameters OWASP names, as PHC strings. */
public final class Argon2id {
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_OCTETS = 32;
  private static final int SALT_OCTETS = 16;

  /** No password has this hash; looking for one costs as much as for any other. */
  static final String NOBODY =
      "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGhhcyBpdCEhIQ$"
          + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private Argon2id() {}

  /** The PHC string to store for this password; costs tens of milliseconds and 19 MiB. */
  public static String hash(String password) {
    return Password.hash(normal(password)).addRandomSalt(SALT_OCTETS).with(ours()).getResult();
  }

  /** Whether this is the password; costs as much as {@link #hash}. */
  static boolean verify(String password, String stored) {
    try {
      return Password.check(normal(password), stored)
          .with(Argon2Function.getInstanceFromHash(stored));
    } catch (BadParametersException e) {
      return false; // what is stored is no Argon2 hash: nobody has its password
    }
  }

  private static Argon2Function ours() {
    return Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_OCTETS, Argon2.ID);
  }

  /** RFC 8265 §4.2.2: an é is an é, whichever keyboard it came from. */
  static String normal(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFC);
  }
}
