package me.ehlo.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A file of certificates and keys in the armour of RFC 7468, as it was at one moment.
 *
 * @param text what it held
 * @param trouble why it could not be read; empty: it could
 */
record PemFile(Path path, String text, String trouble) {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String RULE = "-----";
  private static final int OCTETS_MAX = 1024 * 1024;

  /** Reads it; a file that cannot be read is one, too, and may be another at the next look. */
  static PemFile read(Path path) {
    try {
      if (Files.size(path) > OCTETS_MAX) {
        return new PemFile(path, "", path + " is too large to be a certificate or a key");
      }
      return new PemFile(path, Files.readString(path, ISO_8859_1), "");
    } catch (NoSuchFileException e) {
      return new PemFile(path, "", "there is no file " + path);
    } catch (AccessDeniedException e) {
      return new PemFile(
          path, "", path + " may not be read by the user that Ehlo runs as: chown or chmod it");
    } catch (IOException e) {
      return new PemFile(path, "", path + " cannot be read: " + e.getMessage());
    }
  }

  private record Block(String label, String body, String armoured) {}

  /** The certificates in it, in their order. */
  List<X509Certificate> certificates() throws InvalidPem {
    List<X509Certificate> found = new ArrayList<>();
    for (Block block : blocks()) {
      if (block.label.equals("CERTIFICATE") || block.label.equals("X509 CERTIFICATE")) {
        found.add(certificate(der(block.body)));
      }
    }
    return found;
  }

  /** The private keys in it: PKCS #8, PKCS #1 or SEC 1, without a passphrase. */
  List<PrivateKey> keys() throws InvalidPem {
    List<PrivateKey> found = new ArrayList<>();
    for (Block block : blocks()) {
      switch (block.label) {
        case "PRIVATE KEY" -> found.add(key(der(block.body)));
        case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> found.add(key(traditional(block)));
        case "ENCRYPTED PRIVATE KEY" -> throw locked();
        default -> {} // certificates, parameters, or what else people keep in one file
      }
    }
    return found;
  }

  private X509Certificate certificate(byte[] der) throws InvalidPem {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new InvalidPem(path + " holds a certificate that is damaged: get it anew");
    }
  }

  private PrivateKey key(byte[] pkcs8) throws InvalidPem {
    for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
      Optional<PrivateKey> key = key(algorithm, pkcs8);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new InvalidPem(path + " holds a key that is damaged, or neither RSA nor ECDSA");
  }

  private static Optional<PrivateKey> key(String algorithm, byte[] pkcs8) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (InvalidKeySpecException e) {
      return Optional.empty(); // a key of another kind
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  private byte[] traditional(Block block) throws InvalidPem {
    if (block.armoured.contains("ENCRYPTED")) {
      throw locked();
    }
    try {
      return TraditionalKey.toPkcs8(block.armoured);
    } catch (IOException e) {
      throw new InvalidPem(path + " holds a key that is damaged");
    }
  }

  private InvalidPem locked() {
    return new InvalidPem(
        path
            + " holds a key with a passphrase, which nobody is there to type: `openssl pkey -in"
            + " FILE -out NEW-FILE` takes it off");
  }

  private List<Block> blocks() throws InvalidPem {
    if (!trouble.isEmpty()) {
      throw new InvalidPem(trouble);
    }
    List<Block> blocks = new ArrayList<>();
    int begin = text.indexOf(BEGIN);
    while (begin >= 0) {
      int labelEnd = text.indexOf(RULE, begin + BEGIN.length());
      String label = labelEnd < 0 ? "" : text.substring(begin + BEGIN.length(), labelEnd);
      int end = text.indexOf(END + label + RULE, begin);
      if (labelEnd < 0 || end < 0) {
        throw new InvalidPem(path + " breaks off in the middle of a block: copy it anew");
      }
      String body = text.substring(labelEnd + RULE.length(), end);
      String armoured = text.substring(begin, end) + END + label + RULE + "\n";
      blocks.add(new Block(label, body, armoured));
      begin = text.indexOf(BEGIN, end);
    }
    return blocks;
  }

  private byte[] der(String body) throws InvalidPem {
    try {
      return Base64.getMimeDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new InvalidPem(path + " is damaged: copy it anew");
    }
  }

  /** What is wrong with a file, as a sentence. */
  static final class InvalidPem extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidPem(String sentence) {
      super(sentence);
    }

    String sentence() {
      return String.valueOf(getMessage());
    }
  }

  /** Without what is in it, which may be a key. */
  @Override
  public String toString() {
    return "PemFile[path=" + path + "]";
  }
}
