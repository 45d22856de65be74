package me.ehlo.access;

import java.util.Optional;

/**
 * What SCRAM-SHA-256 needs to know of a password (RFC 5802 §3, RFC 7677): enough to recognise its owner, not enough to be it.
 *
 * <p>All octets are in Base64. How often is a choice between two: whoever has stolen the store pays for each guess, and so
 * does each client for each login, we for neither.
 *
 * @param iterations how often PBKDF2 hashes, at least 4096 (RFC 7677 §4)
 * @param salt of 16 octets
 */
public record ScramKeys(int iterations, String salt, String storedKey, String serverKey) {

  /** For new ones; some 30 ms of a fast client's time. */
  public static final int ITERATIONS = 50_000;

  private static final String SCHEME = "SCRAM-SHA-256";

  /** Whether one proof can be tried against both. */
  public boolean sharesSaltWith(ScramKeys other) {
    return iterations == other.iterations && salt.equals(other.salt);
  }

  /** As it is kept: {@code SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey} (the form of RFC 5803 §2). */
  public String text() {
    return SCHEME + "$" + iterations + ":" + salt + "$" + storedKey + ":" + serverKey;
  }

  /** Reads what {@link #text} has written; empty: this is something else. */
  public static Optional<ScramKeys> parse(String text) {
    String[] parts = text.replace('$', ':').split(":", -1);
    if (parts.length != 5 || !parts[0].equals(SCHEME)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ScramKeys(Integer.parseInt(parts[1]), parts[2], parts[3], parts[4]));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return SCHEME + " with " + iterations + " iterations";
  }
}
