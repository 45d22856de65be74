package me.ehlo.net;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A certificate, who signed it, and its private key. */
record CertifiedKey(String file, List<X509Certificate> chain, PrivateKey key, Set<String> names) {
  private static final int DNS_NAME = 2; // RFC 5280 §4.2.1.6
  private static final int RSA_BITS_LEAST = 2048;
  private static final Duration SOON = Duration.ofDays(7);

  CertifiedKey(String file, List<X509Certificate> chain, PrivateKey key) {
    this(file, List.copyOf(chain), key, names(chain.getFirst()));
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  X509Certificate[] chainArray() {
    return chain.toArray(X509Certificate[]::new);
  }

  /** The kind of key, in the JDK's words: RSA, EC, EdDSA. */
  String algorithm() {
    return certificate().getPublicKey().getAlgorithm();
  }

  boolean hasName(String name) {
    return names.contains(name);
  }

  /** RFC 9525 §6.3: {@code *.example.org} is for one label more, no less and no further. */
  boolean hasWildcardFor(String name) {
    int dot = name.indexOf('.');
    return dot > 0 && names.contains("*" + name.substring(dot));
  }

  boolean sharesNameWith(CertifiedKey other) {
    return names.stream().anyMatch(other.names::contains);
  }

  boolean isSelfSigned() {
    return certificate().getSubjectX500Principal().equals(certificate().getIssuerX500Principal());
  }

  Instant ends() {
    return certificate().getNotAfter().toInstant();
  }

  /** What clients will complain of; empty: nothing. */
  Optional<String> warning(Instant now) {
    String what = "the certificate in " + file;
    if (now.isAfter(ends())) {
      return Optional.of(what + " ended at " + ends() + ": clients will refuse it; renew it");
    }
    if (now.isBefore(certificate().getNotBefore().toInstant())) {
      return Optional.of(
          what
              + " begins at "
              + certificate().getNotBefore().toInstant()
              + ": until then clients will refuse it; is the clock right?");
    }
    if (now.plus(SOON).isAfter(ends())) {
      return Optional.of(what + " ends at " + ends() + ": renew it");
    }
    if (names.isEmpty()) { // RFC 9525 §2: the subject's common name is none
      return Optional.of(
          what + " is for no name (it has no subjectAltName): clients will refuse it; get another");
    }
    for (int i = 1; i < chain.size(); i++) {
      if (!chain
          .get(i - 1)
          .getIssuerX500Principal()
          .equals(chain.get(i).getSubjectX500Principal())) {
        return Optional.of(
            "the chain in "
                + file
                + " is out of order: the server's own certificate comes first, then who signed it, and so on");
      }
    }
    return Optional.empty();
  }

  /** Why a key is too weak to be shown; empty: it is not. */
  static Optional<String> weakness(PublicKey key) {
    return key instanceof RSAKey rsa && rsa.getModulus().bitLength() < RSA_BITS_LEAST
        ? Optional.of(
            "an RSA key of "
                + rsa.getModulus().bitLength()
                + " bits, which clients refuse: make one of "
                + RSA_BITS_LEAST
                + " or more")
        : Optional.empty();
  }

  /** Whether the two halves belong together: what the one signs, the other knows. */
  static boolean belongTogether(PrivateKey secret, PublicKey shown) {
    Optional<String> signature = signature(shown.getAlgorithm());
    if (signature.isEmpty() || !signature.equals(signature(secret.getAlgorithm()))) {
      return false;
    }
    byte[] said = {1, 2, 3};
    try {
      Signature signer = Signature.getInstance(signature.get());
      signer.initSign(secret);
      signer.update(said);
      byte[] signed = signer.sign();
      Signature verifier = Signature.getInstance(signature.get());
      verifier.initVerify(shown);
      verifier.update(said);
      return verifier.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // such as keys of different lengths
    }
  }

  private static Optional<String> signature(String algorithm) {
    return switch (algorithm) {
      case "RSA" -> Optional.of("SHA256withRSA");
      case "EC" -> Optional.of("SHA256withECDSA");
      case "EdDSA", "Ed25519", "Ed448" -> Optional.of("EdDSA");
      default -> Optional.empty();
    };
  }

  private static Set<String> names(X509Certificate certificate) {
    Set<String> names = new TreeSet<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
        if (alternative.get(0).equals(DNS_NAME) && alternative.get(1) instanceof String name) {
          names.add(name.toLowerCase(Locale.ROOT));
        }
      }
    } catch (CertificateParsingException e) {
      names.clear(); // it is for nobody, then
    }
    return Set.copyOf(names);
  }

  /** The key has no place in any text. */
  @Override
  public String toString() {
    return "CertifiedKey[file=" + file + ", names=" + Arrays.toString(names.toArray()) + "]";
  }
}
