package me.ehlo.net;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Tells the JDK which certificate a client is shown: by the name it asks for (SNI, RFC 6066 §3) and the keys it can use. */
final class ChosenByName extends X509ExtendedKeyManager {
  private final Certificates certificates;

  ChosenByName(Certificates certificates) {
    this.certificates = certificates;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String algorithm, Principal @Nullable [] issuers, SSLEngine engine) {
    return engine.getHandshakeSession() instanceof ExtendedSSLSession session
            && canUse(algorithm, session)
        ? certificates.choose(asked(session), algorithm).map(certificates::alias).orElse(null)
        : null; // which the JDK understands: it asks for the next kind of key
  }

  /** In TLS 1.2 the JDK goes by the cipher alone, and would find out too late that nobody can check the signature. */
  private static boolean canUse(String algorithm, ExtendedSSLSession session) {
    String[] signatures = session.getPeerSupportedSignatureAlgorithms();
    String kind =
        switch (algorithm) {
          case "EC" -> "ECDSA";
          case "EdDSA" -> "Ed";
          default -> algorithm;
        };
    return signatures.length == 0
        || Arrays.stream(signatures).anyMatch(signature -> signature.contains(kind));
  }

  private static Optional<String> asked(ExtendedSSLSession session) {
    return session.getRequestedServerNames().stream()
        .filter(SNIHostName.class::isInstance)
        .map(name -> ((SNIHostName) name).getAsciiName().toLowerCase(Locale.ROOT))
        .findFirst();
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return certificates.at(alias).map(CertifiedKey::chainArray).orElse(null);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return certificates.at(alias).map(CertifiedKey::key).orElse(null);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String algorithm, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null; // we speak TLS by engines only
  }

  @Override
  public String @Nullable [] getServerAliases(String algorithm, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public String @Nullable [] getClientAliases(String algorithm, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] algorithms, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
