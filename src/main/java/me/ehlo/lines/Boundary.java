package me.ehlo.lines;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What separates the parts of a multipart (RFC 2046 §5.1.1). */
final class Boundary {

  /** RFC 2046 allows 70 octets; what is longer than this separates nothing here. */
  static final int OCTETS_MAX = 256;

  private final byte[] octets;

  private Boundary(byte[] octets) {
    this.octets = octets;
  }

  /** Makes one of the parameter's value, each character an octet; empty: nothing can be separated by that. */
  static Optional<Boundary> of(String value) {
    byte[] octets = value.stripTrailing().getBytes(StandardCharsets.ISO_8859_1);
    return octets.length > 0 && octets.length <= OCTETS_MAX
        ? Optional.of(new Boundary(octets))
        : Optional.empty();
  }

  int length() {
    return octets.length;
  }

  /** Whether it stands in a line behind the two hyphens, as far as its own octets go. */
  boolean beginsIn(byte[] line, int length) {
    int end = 2 + octets.length;
    return end <= length && Arrays.equals(line, 2, end, octets, 0, octets.length);
  }
}
