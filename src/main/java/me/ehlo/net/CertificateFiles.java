package me.ehlo.net;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where our certificates stand, and who makes them where nobody has.
 *
 * @param own makes the files if there are none, or none that are any good; empty: the files are somebody else's care
 */
public record CertificateFiles(List<Path> certificates, List<Path> keys, Optional<SelfSigned> own) {
  public CertificateFiles {
    certificates = List.copyOf(certificates);
    keys = List.copyOf(keys);
  }

  /** Files that the administrator has named. */
  public static CertificateFiles of(List<Path> certificates, List<Path> keys) {
    return new CertificateFiles(certificates, keys, Optional.empty());
  }

  /** Files that we make ourselves. */
  public static CertificateFiles of(SelfSigned own) {
    return new CertificateFiles(List.of(own.certificate()), List.of(own.key()), Optional.of(own));
  }

  Certificates.Contents contents() throws UnusableCertificate {
    if (own.isPresent()) {
      try {
        own.get().ensure();
      } catch (IOException e) {
        throw new UnusableCertificate(
            List.of("a certificate of our own cannot be written: " + e.getMessage()));
      }
    }
    return Certificates.Contents.read(certificates, keys);
  }
}
