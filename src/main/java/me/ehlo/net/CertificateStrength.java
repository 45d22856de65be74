package me.ehlo.net;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How hard certificates are to forge, by the measure of RFC 9325 §4.2 and of those who check. */
final class CertificateStrength {
  private static final int RSA_BITS_LEAST = 2048;
  private static final int EC_BITS_LEAST = 224;
  private static final List<String> BROKEN_HASHES = List.of("MD2", "MD4", "MD5", "SHA1");

  private CertificateStrength() {}

  /** What is too weak, a clause each; what is trusted is trusted, and a signature by oneself proves nothing anyway. */
  static List<String> weaknesses(List<X509Certificate> certificates, Trust trust) {
    List<String> found = new ArrayList<>();
    for (X509Certificate each : certificates) {
      if (!trust.has(each)) {
        String whose = CertificateNames.label(each);
        weakKey(each.getPublicKey())
            .ifPresent(key -> found.add("the key of " + whose + " is " + key));
        brokenHash(each)
            .ifPresent(hash -> found.add("the signature on " + whose + " is made with " + hash));
      }
    }
    return found;
  }

  private static Optional<String> weakKey(PublicKey key) {
    return switch (key) {
      case RSAKey rsa when rsa.getModulus().bitLength() < RSA_BITS_LEAST ->
          Optional.of(words(key) + "; " + RSA_BITS_LEAST + " is the least");
      case ECKey curve when curve.getParams().getOrder().bitLength() < EC_BITS_LEAST ->
          Optional.of(words(key) + "; " + EC_BITS_LEAST + " is the least");
      case DSAKey _ -> Optional.of(words(key) + ", which nobody takes any more");
      default -> Optional.empty();
    };
  }

  private static Optional<String> brokenHash(X509Certificate certificate) {
    if (certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return Optional.empty();
    }
    String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT).replace("-", "");
    return BROKEN_HASHES.stream()
        .filter(algorithm::startsWith)
        .findFirst()
        .map(hash -> hash.equals("SHA1") ? "SHA-1" : hash);
  }

  /** A key's kind and size: {@code RSA 2048}. */
  static String words(PublicKey key) {
    return switch (key) {
      case RSAKey rsa -> "RSA " + rsa.getModulus().bitLength();
      case ECKey curve -> "ECDSA " + curve.getParams().getOrder().bitLength();
      case EdECKey curve -> curve.getParams().getName();
      case DSAKey dsa when dsa.getParams() != null -> "DSA " + dsa.getParams().getP().bitLength();
      default -> key.getAlgorithm();
    };
  }
}
