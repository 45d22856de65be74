package me.ehlo.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** An authority of the tests' own: it signs certificates, and there are clients that trust it. */
public final class Authority {
  private static final Duration YEAR = Duration.ofDays(365);

  private final KeyPair keys = keys("EC", 256);
  private final AtomicLong serial = new AtomicLong(1);
  private final X509Certificate certificate =
      sign("ca.test", keys, Instant.now().minus(YEAR), Instant.now().plus(YEAR), true, List.of());

  /** A certificate that it has signed, with its key. */
  public record Issued(X509Certificate certificate, X509Certificate authority, PrivateKey key) {

    String certificatePem() {
      return pem("CERTIFICATE", encoded(certificate));
    }

    String chainPem() {
      return certificatePem() + pem("CERTIFICATE", encoded(authority));
    }

    String keyPem() {
      return pem("PRIVATE KEY", key.getEncoded());
    }

    /** PKCS #1 or SEC 1, as older tools write it. */
    String traditionalKeyPem() {
      StringWriter text = new StringWriter();
      try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
        writer.writeObject(traditional());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return text.toString();
    }

    private PemObject traditional() throws IOException {
      if (key instanceof java.security.interfaces.ECPrivateKey ecdsa) {
        // The library would leave out the curve, which stands outside the key in PKCS #8.
        ECPrivateKey whole = new ECPrivateKey(256, ecdsa.getS(), X9ObjectIdentifiers.prime256v1);
        return new PemObject("EC PRIVATE KEY", whole.getEncoded());
      }
      return new JcaMiscPEMGenerator(key).generate();
    }

    /** Writes both where they will be looked for: {@code name.pem} with the chain and {@code name.key}. */
    public Issued write(Path folder, String name) {
      try {
        Files.writeString(folder.resolve(name + ".pem"), chainPem(), US_ASCII);
        Files.writeString(folder.resolve(name + ".key"), keyPem(), US_ASCII);
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** An ECDSA certificate for these names, good for a year. */
  public Issued issue(String... names) {
    return issue(keys("EC", 256), YEAR, names);
  }

  /** An RSA certificate for these names. */
  public Issued issueRsa(int bits, String... names) {
    return issue(keys("RSA", bits), YEAR, names);
  }

  /** An ECDSA certificate that ends so long from now; it may have ended already. */
  public Issued issueFor(Duration left, String... names) {
    return issue(keys("EC", 256), left, names);
  }

  private Issued issue(KeyPair pair, Duration left, String... names) {
    Instant now = Instant.now();
    return new Issued(
        sign(names[0], pair, now.minus(YEAR), now.plus(left), false, List.of(names)),
        certificate,
        pair.getPrivate());
  }

  /** For clients that trust this authority and no other. */
  public SSLContext trusting() {
    return context(new KeyManager[0]);
  }

  /** For servers that show this certificate, and clients that trust its authority. */
  public SSLContext showing(Issued issued) {
    char[] password = "changeit".toCharArray();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, password);
      store.setKeyEntry(
          "mx", issued.key, password, new X509Certificate[] {issued.certificate, certificate});
      KeyManagerFactory shown = KeyManagerFactory.getInstance("PKIX");
      shown.init(store, password);
      return context(shown.getKeyManagers());
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private SSLContext context(KeyManager[] keys) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("ca", certificate);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      TrustManager[] trusted = trust.getTrustManagers();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trusted, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private X509Certificate sign(
      String subject,
      KeyPair pair,
      Instant from,
      Instant until,
      boolean authority,
      List<String> names) {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Name("CN=ca.test"),
              BigInteger.valueOf(serial.getAndIncrement()),
              Date.from(from),
              Date.from(until),
              new X500Name("CN=" + subject),
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!names.isEmpty()) {
        GeneralName[] hosts =
            names.stream()
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(hosts));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair keys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String pem(String label, byte[] der) {
    return Stream.of(
            "-----BEGIN " + label + "-----",
            Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der),
            "-----END " + label + "-----",
            "")
        .collect(Collectors.joining("\n"));
  }
}
