package me.ehlo.access;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import java.util.Base64;
import java.util.Optional;

/** The way from a password to its {@link ScramKeys} (RFC 5802 §3); apart, so that those who only read them load none of this. */
final class ScramDerivation {
  private static final ScramMechanism MECHANISM = ScramMechanism.SCRAM_SHA_256;
  private static final StringPreparation SASLPREP = StringPreparation.SASL_PREPARATION;

  private ScramDerivation() {}

  /** Empty when the password has characters that SASLprep forbids (RFC 4013): no client could use it. */
  static Optional<ScramKeys> keys(String password, byte[] salt, int iterations) {
    if (!isPreparable(password)) {
      return Optional.empty();
    }
    byte[] salted =
        ScramFunctions.saltedPassword(
            MECHANISM, SASLPREP, password.toCharArray(), salt, iterations);
    byte[] client = ScramFunctions.clientKey(MECHANISM, salted);
    return Optional.of(
        new ScramKeys(
            iterations,
            base64(salt),
            base64(ScramFunctions.storedKey(MECHANISM, client)),
            base64(ScramFunctions.serverKey(MECHANISM, salted))));
  }

  private static boolean isPreparable(String password) {
    try {
      return SASLPREP.normalize(password.toCharArray()).length > 0;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return false; // the second is how saslprep 2.2 says that nothing is left
    }
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }
}
