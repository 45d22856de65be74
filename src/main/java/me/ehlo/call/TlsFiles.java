package me.ehlo.call;

import java.nio.file.Path;
import java.util.Optional;
import me.ehlo.net.ClientCertificate;
import me.ehlo.net.Trust;
import me.ehlo.net.UnusableCertificate;

/** What {@code --ca}, {@code --tls-cert} and {@code --tls-key} name; what is wrong with a file is said of its option. */
public final class TlsFiles {
  private TlsFiles() {}

  /** The authorities of {@code --ca}. */
  public static Trust authorities(Path file) throws UnusableCertificate {
    try {
      return Trust.ofFile(file);
    } catch (UnusableCertificate e) {
      throw e.of("--ca");
    }
  }

  /** The certificate of one's own, if one is named. */
  public static Optional<ClientCertificate> certificate(
      Optional<Path> certificate, Optional<Path> key) throws UnusableCertificate {
    if (certificate.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ClientCertificate.read(certificate.get(), key));
    } catch (UnusableCertificate e) {
      throw e.of(key.isPresent() ? "--tls-cert, --tls-key" : "--tls-cert");
    }
  }
}
