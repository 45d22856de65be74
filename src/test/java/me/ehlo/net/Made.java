package me.ehlo.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate of the tests' own with its key, good or bad in any way. */
record Made(X509Certificate certificate, KeyPair keys) {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final AtomicLong SERIAL = new AtomicLong(1);

  static Maker named(String commonName) {
    return new Maker("CN=" + commonName);
  }

  static Maker subject(String subject) {
    return new Maker(subject);
  }

  /** Writes it, and what stands behind it, into a file. */
  Path write(Path file, Made... more) throws IOException {
    List<X509Certificate> all = new ArrayList<>(List.of(certificate));
    List.of(more).forEach(each -> all.add(each.certificate));
    return Files.writeString(file, CertificateDetails.pem(all), US_ASCII);
  }

  String keyPem() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  /** What it is made of: at first a server's, with ECDSA, from a month ago for another two. */
  static final class Maker {
    private final String subject;
    private final List<GeneralName> names = new ArrayList<>();
    private Instant from = NOW.minus(Duration.ofDays(30));
    private Instant until = NOW.plus(Duration.ofDays(61)).plusSeconds(3600);
    private KeyPair keys = keys("EC", 256);
    private Optional<String> hash = Optional.empty();
    private boolean authority;
    private Optional<KeyPurposeId> use = Optional.empty();

    private Maker(String subject) {
      this.subject = subject;
    }

    Maker hosts(String... hosts) {
      List.of(hosts).forEach(host -> names.add(new GeneralName(GeneralName.dNSName, host)));
      return this;
    }

    Maker addresses(String... addresses) {
      List.of(addresses).forEach(one -> names.add(new GeneralName(GeneralName.iPAddress, one)));
      return this;
    }

    Maker valid(String from, String until) {
      this.from = Instant.parse(from);
      this.until = Instant.parse(until);
      return this;
    }

    Maker key(String algorithm, int bits) {
      keys = keys(algorithm, bits);
      return this;
    }

    Maker hash(String name) {
      hash = Optional.of(name);
      return this;
    }

    Maker authority() {
      authority = true;
      return this;
    }

    Maker use(KeyPurposeId purpose) {
      use = Optional.of(purpose);
      return this;
    }

    Made bySelf() {
      return new Made(sign(subject, keys), keys);
    }

    Made by(Made issuer) {
      String name = issuer.certificate.getSubjectX500Principal().getName();
      return new Made(sign(name, issuer.keys), keys);
    }

    /** With this name as its issuer's, and somebody else's signature. */
    Made pretending(Made issuer) {
      String name = issuer.certificate.getSubjectX500Principal().getName();
      return new Made(sign(name, keys("EC", 256)), keys);
    }

    private X509Certificate sign(String issuer, KeyPair signer) {
      try {
        X509v3CertificateBuilder builder =
            new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(from),
                Date.from(until),
                new X500Name(subject),
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!names.isEmpty()) {
          builder.addExtension(
              Extension.subjectAlternativeName,
              subject.isEmpty(), // RFC 5280 §4.1.2.6
              new GeneralNames(names.toArray(GeneralName[]::new)));
        }
        if (use.isPresent()) {
          builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use.get()));
        }
        return new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(
                    new JcaContentSignerBuilder(algorithm(signer)).build(signer.getPrivate())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (GeneralSecurityException | OperatorCreationException e) {
        throw new AssertionError(e);
      }
    }

    private String algorithm(KeyPair signer) {
      String kind = signer.getPrivate().getAlgorithm();
      return kind.equals("EdDSA")
          ? "Ed25519"
          : hash.orElse("SHA256") + "with" + (kind.equals("EC") ? "ECDSA" : kind);
    }
  }

  private static KeyPair keys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (bits > 0) {
        generator.initialize(bits);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
