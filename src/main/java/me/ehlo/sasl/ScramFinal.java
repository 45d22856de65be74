package me.ehlo.sasl;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The client's last message of SCRAM (RFC 5802 §7, client-final-message).
 *
 * @param withoutProof all that stands before the proof
 * @param binding in Base64: the gs2-header, and what the client knows of the channel
 * @param nonce both parts
 * @param proof in Base64, of {@value #PROOF_OCTETS} octets
 */
record ScramFinal(String withoutProof, String binding, String nonce, String proof) {
  private static final int PROOF_OCTETS = 32;

  /** Reads one; empty if it is none. */
  static Optional<ScramFinal> parse(String message) {
    int last = message.lastIndexOf(',');
    if (last < 0 || !message.startsWith("p=", last + 1)) {
      return Optional.empty();
    }
    String proof = message.substring(last + 3);
    String[] attributes = message.substring(0, last).split(",", -1);
    boolean wellFormed =
        attributes.length >= 2
            && attributes[0].startsWith("c=")
            && attributes[1].startsWith("r=")
            && Arrays.stream(attributes).allMatch(ScramFirst::isAttribute)
            && isProof(proof);
    return wellFormed
        ? Optional.of(
            new ScramFinal(
                message.substring(0, last),
                attributes[0].substring(2),
                attributes[1].substring(2),
                proof))
        : Optional.empty();
  }

  private static boolean isProof(String base64) {
    try {
      return base64.length() % 4 == 0 && Base64.getDecoder().decode(base64).length == PROOF_OCTETS;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
