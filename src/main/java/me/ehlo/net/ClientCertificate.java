package me.ehlo.net;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import me.ehlo.net.PemFile.InvalidPem;

/** A certificate of our own with its key, shown to servers that ask for one. */
public final class ClientCertificate {
  private final CertifiedKey own;

  private ClientCertificate(CertifiedKey own) {
    this.own = own;
  }

  /**
   * Reads one.
   *
   * @param certificate a PEM file, the certificate first and who signed it behind it
   * @param key a PEM file; empty: the key stands beside the certificate
   * @throws UnusableCertificate with a sentence that says what is wrong
   */
  public static ClientCertificate read(Path certificate, Optional<Path> key)
      throws UnusableCertificate {
    PemFile shown = PemFile.read(certificate);
    PemFile secret = key.map(PemFile::read).orElse(shown);
    try {
      List<X509Certificate> chain = shown.certificates();
      if (chain.isEmpty()) {
        throw unusable(certificate + " holds no certificate in PEM form (BEGIN CERTIFICATE)");
      }
      List<PrivateKey> keys = secret.keys();
      if (keys.isEmpty()) {
        throw unusable(secret.path() + " holds no private key in PEM form (BEGIN PRIVATE KEY)");
      }
      return keys.stream()
          .filter(each -> CertifiedKey.belongTogether(each, chain.getFirst().getPublicKey()))
          .findFirst()
          .map(each -> new CertifiedKey(certificate.toString(), chain, each))
          .map(ClientCertificate::new)
          .orElseThrow(() ->
              unusable(
                  "the key in "
                      + secret.path()
                      + " does not belong to the first certificate in "
                      + certificate));
    } catch (InvalidPem e) {
      throw unusable(e.sentence());
    }
  }

  private static UnusableCertificate unusable(String sentence) {
    return new UnusableCertificate(List.of(sentence));
  }

  /** It and who signed it, as they are shown. */
  public List<X509Certificate> chain() {
    return own.chain();
  }

  KeyManager[] managers() {
    return new KeyManager[] {new AlwaysShown(own)};
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "ClientCertificate[" + own.file() + "]";
  }
}
