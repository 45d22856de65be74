package me.ehlo.net;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import me.ehlo.sasl.Channel;

/**
 * What a handshake has brought about.
 *
 * @param chain the server's certificates as it showed them, its own first; empty if it showed none
 */
public record Secured(Channel channel, List<X509Certificate> chain) {
  private static final int BINDING_OCTETS = 32;

  public Secured {
    chain = List.copyOf(chain);
  }

  static Secured by(SSLSession session) {
    return new Secured(channel(session), chain(session));
  }

  static Channel channel(SSLSession session) {
    return new Channel(session.getProtocol(), session.getCipherSuite(), binding(session));
  }

  /** RFC 9266 §2; without an extended master secret nothing is unique to a connection of TLS 1.2 (RFC 7627 §5.4). */
  private static Optional<String> binding(SSLSession session) {
    try {
      return session instanceof ExtendedSSLSession extended
          ? Optional.of(
              HexFormat.of()
                  .formatHex(
                      extended.exportKeyingMaterialData(
                          "EXPORTER-Channel-Binding", new byte[0], BINDING_OCTETS)))
          : Optional.empty();
    } catch (SSLKeyException e) {
      return Optional.empty();
    }
  }

  private static List<X509Certificate> chain(SSLSession session) {
    try {
      return Arrays.stream(session.getPeerCertificates())
          .filter(X509Certificate.class::isInstance)
          .map(X509Certificate.class::cast)
          .toList();
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }
}
