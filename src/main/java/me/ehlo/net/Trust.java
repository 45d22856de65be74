package me.ehlo.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import me.ehlo.net.PemFile.InvalidPem;

/**
 * The authorities whose word we take for the name of a server.
 *
 * @param source where they come from, for people
 */
public record Trust(String source, List<X509Certificate> authorities) {
  // Debian and Arch, Fedora and its kin, Alpine and the BSDs.
  private static final List<Path> BUNDLES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/cert.pem"));

  public Trust {
    authorities = List.copyOf(authorities);
  }

  /** Those that all programs of this machine trust, or where it has no list Java's own. Reads some hundred certificates. */
  public static Trust ofThisMachine() throws UnusableCertificate {
    for (Path bundle : BUNDLES) {
      if (Files.isReadable(bundle)) {
        return ofFile(bundle);
      }
    }
    return ofJava();
  }

  /**
   * Those in a PEM file.
   *
   * @throws UnusableCertificate with a sentence that says what is wrong
   */
  public static Trust ofFile(Path file) throws UnusableCertificate {
    try {
      List<X509Certificate> found = PemFile.read(file).certificates();
      if (found.isEmpty()) {
        throw new UnusableCertificate(
            List.of(file + " holds no certificate in PEM form (BEGIN CERTIFICATE)"));
      }
      return new Trust(file.toString(), found);
    } catch (InvalidPem e) {
      throw new UnusableCertificate(List.of(e.sentence()));
    }
  }

  /** Those that come with Java. */
  static Trust ofJava() throws UnusableCertificate {
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init((KeyStore) null);
      return new Trust(
          "Java",
          Arrays.stream(factory.getTrustManagers())
              .filter(X509TrustManager.class::isInstance)
              .flatMap(each -> Arrays.stream(((X509TrustManager) each).getAcceptedIssuers()))
              .toList());
    } catch (GeneralSecurityException e) {
      throw new UnusableCertificate(
          List.of("Java's own list of authorities cannot be read: " + e.getMessage()));
    }
  }

  Set<TrustAnchor> anchors() {
    return authorities.stream()
        .map(each -> new TrustAnchor(each, null))
        .collect(Collectors.toUnmodifiableSet());
  }

  boolean has(X509Certificate certificate) {
    return authorities.contains(certificate);
  }

  TrustManager[] managers() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry(Integer.toString(i), authorities.get(i));
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JDK has PKIX and PKCS #12", e);
    }
  }

  /** Without the certificates, of which there are many. */
  @Override
  public String toString() {
    return "Trust[" + source + ", " + authorities.size() + "]";
  }
}
