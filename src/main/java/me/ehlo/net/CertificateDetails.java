package me.ehlo.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import me.ehlo.trace.Plain;

/**
 * What stands in a certificate, for people who look at it.
 *
 * @param names hosts and addresses that it is for
 * @param valid from when until when
 * @param key its kind and size
 * @param signature the algorithm
 * @param serial in hex
 * @param sha256 of the whole, in hex with colons, as other programs show it
 * @param keySha256 of the key alone, in hex: what a TLSA record {@code 3 1 1} holds (RFC 6698 §2.1)
 */
public record CertificateDetails(
    String subject,
    List<String> names,
    String issuer,
    String valid,
    String key,
    String signature,
    String serial,
    String sha256,
    String keySha256) {
  private static final int LINE = 64; // RFC 7468 §2
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

  public CertificateDetails {
    names = List.copyOf(names);
  }

  public static CertificateDetails of(X509Certificate certificate) {
    return new CertificateDetails(
        CertificateNames.fullName(certificate.getSubjectX500Principal()),
        CertificateNames.of(certificate).all(),
        CertificateNames.fullName(certificate.getIssuerX500Principal()),
        CertificateReport.date(certificate.getNotBefore().toInstant())
            + " to "
            + CertificateReport.date(certificate.getNotAfter().toInstant()),
        CertificateStrength.words(certificate.getPublicKey()),
        Plain.harmless(certificate.getSigAlgName()),
        HexFormat.of().formatHex(certificate.getSerialNumber().toByteArray()),
        COLONS.formatHex(sha256(der(certificate))),
        HexFormat.of().formatHex(sha256(certificate.getPublicKey().getEncoded())));
  }

  /** One line for each, its name first. */
  public List<String> lines() {
    return List.of(
        "subject    " + subject,
        "names      " + (names.isEmpty() ? "(none)" : String.join(", ", names)),
        "issuer     " + issuer,
        "valid      " + valid,
        "key        " + key,
        "signature  " + signature,
        "serial     " + serial,
        "sha-256    " + sha256,
        "key sha-256 (TLSA 3 1 1)  " + keySha256);
  }

  /** As it is kept in a file (RFC 7468), in this order. */
  public static String pem(List<X509Certificate> chain) {
    StringBuilder text = new StringBuilder();
    for (X509Certificate each : chain) {
      text.append("-----BEGIN CERTIFICATE-----\n")
          .append(Base64.getMimeEncoder(LINE, "\n".getBytes(US_ASCII)).encodeToString(der(each)))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return text.toString();
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("it has come as octets", e);
    }
  }

  private static byte[] sha256(byte[] octets) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(octets);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
