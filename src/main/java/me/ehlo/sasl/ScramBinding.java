package me.ehlo.sasl;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Whether client and server are at the two ends of one TLS connection, and agree on what was offered (RFC 5802 §6).
 *
 * @param plus whether the mechanism is the one that binds
 * @param octets what only the two ends know, in hex; empty: binding is not offered
 */
record ScramBinding(boolean plus, Optional<String> octets) {
  private static final String TYPE = "p=tls-exporter"; // RFC 9266 §2

  /** Whether a mechanism that a server offers binds. */
  static boolean isOffer(String mechanism) {
    return mechanism.startsWith("SCRAM-") && mechanism.endsWith("-PLUS");
  }

  /** A client's gs2-header: it binds, would have bound had that been offered, or neither. */
  String header() {
    if (plus) {
      return TYPE + ",,";
    }
    return octets.isPresent() ? "y,," : "n,,";
  }

  /** What is wrong with the flag of a client's first message, as a server-error-value; empty: nothing. */
  Optional<String> errorOf(String flag) {
    boolean binds = flag.startsWith("p=");
    if (plus) {
      return flag.equals(TYPE)
          ? Optional.empty()
          : Optional.of(binds ? "unsupported-channel-binding-type" : "other-error");
    }
    if (binds) {
      return Optional.of("channel-binding-not-supported");
    }
    // Somebody on the way has taken it out of what we offer.
    return flag.equals("y") && octets.isPresent()
        ? Optional.of("server-does-support-channel-binding")
        : Optional.empty();
  }

  /** What the client's last message has to say, in Base64 (RFC 5802 §7, cbind-input). */
  String input(String header) {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.writeBytes(header.getBytes(StandardCharsets.UTF_8));
    if (plus) {
      octets.map(HexFormat.of()::parseHex).ifPresent(input::writeBytes);
    }
    return Base64.getEncoder().encodeToString(input.toByteArray());
  }
}
