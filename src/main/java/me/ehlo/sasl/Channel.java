package me.ehlo.sasl;

import java.util.Optional;

/**
 * What the conversation runs over.
 *
 * @param version of TLS, such as {@code TLSv1.3}; empty: everything is readable on the way
 * @param cipher the suite, in the words of IANA; empty without TLS
 * @param binding octets that only the two ends of this TLS connection know, in hex ({@code tls-exporter}, RFC 9266 §2)
 */
public record Channel(String version, String cipher, Optional<String> binding) {

  /** No TLS. */
  public static final Channel CLEAR = new Channel("", "", Optional.empty());

  public boolean encrypted() {
    return !version.isEmpty();
  }
}
