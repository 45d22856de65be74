package me.ehlo.sasl;

import me.ehlo.mail.Parsed;

/**
 * The server's first message of SCRAM (RFC 5802 §7, server-first-message), found to be one that a client may answer.
 *
 * @param nonce both parts
 * @param salt in Base64
 * @param iterations at least {@value #ITERATIONS_LEAST}, at most {@value #ITERATIONS_MAX}
 */
record ScramServerFirst(String nonce, String salt, int iterations) {
  // RFC 7677 §4. Fewer would let a false server try passwords on our proof quickly.
  private static final int ITERATIONS_LEAST = 4096;
  // Some seconds. More is not safety, but a server that wants us to be busy.
  private static final int ITERATIONS_MAX = 2_000_000;
  private static final int DIGITS_MAX = 9;

  /** Reads one; {@link Parsed.Wrong} gives a sentence for people. */
  static Parsed<ScramServerFirst> parse(String message, String clientNonce) {
    String[] attributes = message.split(",", -1);
    if (message.startsWith("m=")) { // §5.1
      return new Parsed.Wrong<>("The server wants an extension of SCRAM that nobody knows here.");
    }
    if (attributes.length < 3
        || !attributes[0].startsWith("r=")
        || !attributes[1].startsWith("s=")
        || !attributes[2].startsWith("i=")) {
      return new Parsed.Wrong<>("This is no first message of SCRAM (RFC 5802 §7).");
    }
    String nonce = attributes[0].substring(2);
    String salt = attributes[1].substring(2);
    if (!nonce.startsWith(clientNonce) || nonce.length() == clientNonce.length()) {
      return new Parsed.Wrong<>(
          "The random word is not ours with more behind it: this belongs to another login.");
    }
    return Base64Text.octets(salt).length == 0
        ? new Parsed.Wrong<>("The server gives no salt.")
        : parse(nonce, salt, iterations(attributes[2].substring(2)));
  }

  private static Parsed<ScramServerFirst> parse(String nonce, String salt, int iterations) {
    if (iterations < ITERATIONS_LEAST) {
      return new Parsed.Wrong<>(
          "The server asks for fewer than "
              + ITERATIONS_LEAST
              + " rounds of hashing (RFC 7677 §4): the password could be guessed from our answer.");
    }
    return iterations > ITERATIONS_MAX
        ? new Parsed.Wrong<>(
            "The server asks for more than " + ITERATIONS_MAX + " rounds of hashing.")
        : new Parsed.Right<>(new ScramServerFirst(nonce, salt, iterations));
  }

  /** A number; what is none is 0, and what is too long for one is the greatest. */
  private static int iterations(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return 0;
    }
    return text.length() > DIGITS_MAX ? Integer.MAX_VALUE : Integer.parseInt(text);
  }
}
