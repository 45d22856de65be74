package me.ehlo.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What is kept of one password.
 *
 * @param name {@link #MAIN}, or the application's it was made for
 * @param hash a PHC string (Argon2id)
 * @param scram lets its owner log in by SCRAM; empty: not with this one
 */
public record StoredPassword(String name, String hash, Optional<ScramKeys> scram) {

  /** The name of the one that people type. */
  public static final String MAIN = "";

  private static final int MARK_OCTETS = 8;

  /** The main password, for all but SCRAM. */
  public static StoredPassword main(String hash) {
    return new StoredPassword(MAIN, hash, Optional.empty());
  }

  public boolean isMain() {
    return name.equals(MAIN);
  }

  /** Tells it from those that were or will be kept under the same name; helps nobody to find it. */
  public String mark() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(hash.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, MARK_OCTETS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has SHA-256
    }
  }

  /** Without what could be guessed from. */
  @Override
  public String toString() {
    return "password \"" + name + "\"" + (scram.isPresent() ? " with SCRAM" : "");
  }
}
