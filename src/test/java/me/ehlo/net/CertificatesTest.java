package me.ehlo.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and keys as people have them in files: those that serve, which of them is shown, and those that do not serve. */
class CertificatesTest {
  private static final Authority AUTHORITY = new Authority();
  private static final Authority.Issued ECDSA = AUTHORITY.issue("mx.test", "mail.test");
  private static final Authority.Issued RSA = AUTHORITY.issueRsa(2048, "mx.test");
  private static final Authority.Issued OTHER = AUTHORITY.issue("Other.test", "*.wild.test");

  @TempDir private Path folder;

  @Test
  void severalWithTheirKeysInAnyOrder() throws UnusableCertificate {
    ECDSA.write(folder, "ecdsa");
    RSA.write(folder, "rsa");
    Certificates read = read(List.of("ecdsa.pem", "rsa.pem"), List.of("rsa.key", "ecdsa.key"));
    assertThat(read.names()).containsExactly("mail.test", "mx.test");
    assertThat(read.warnings(Instant.now())).isEmpty();
    assertThat(shown(read, "mx.test", "EC")).contains(file("ecdsa.pem"));
    assertThat(shown(read, "mx.test", "RSA")).contains(file("rsa.pem"));
    assertThat(shown(read, "mail.test", "EC")).contains(file("ecdsa.pem"));
    assertThat(shown(read, "mail.test", "RSA")).as("not under a wrong name").isEmpty();
  }

  @Test
  void theNameThatIsAskedForDecides() throws UnusableCertificate {
    ECDSA.write(folder, "first");
    OTHER.write(folder, "other");
    Certificates read = read(List.of("first.pem", "other.pem"), List.of("first.key", "other.key"));
    assertThat(shown(read, "other.test", "EC")).contains(file("other.pem"));
    assertThat(shown(read, "one.wild.test", "EC")).contains(file("other.pem"));
    assertThat(shown(read, "one.two.wild.test", "EC"))
        .as("one label only")
        .contains(file("first.pem"));
    assertThat(shown(read, "wild.test", "EC")).contains(file("first.pem"));
    assertThat(shown(read, "unknown.test", "EC")).contains(file("first.pem"));
    assertThat(read.choose(Optional.empty(), "EC").map(CertifiedKey::file))
        .contains(file("first.pem"));
  }

  @Test
  void anExactNameGoesBeforeAWildcard() throws UnusableCertificate {
    AUTHORITY.issue("*.test").write(folder, "wild");
    ECDSA.write(folder, "exact");
    Certificates read = read(List.of("wild.pem", "exact.pem"), List.of("wild.key", "exact.key"));
    assertThat(shown(read, "mx.test", "EC")).contains(file("exact.pem"));
    assertThat(shown(read, "other.test", "EC")).contains(file("wild.pem"));
  }

  @Test
  void inAllThatCanServeWhoNamesNobodyTheFirstIsThere() throws UnusableCertificate {
    ECDSA.write(folder, "ecdsa");
    RSA.write(folder, "rsa");
    OTHER.write(folder, "other");
    Certificates read =
        read(
            List.of("ecdsa.pem", "other.pem", "rsa.pem"),
            List.of("rsa.key", "ecdsa.key", "other.key"));
    assertThat(shown(read, "unknown.test", "EC")).contains(file("ecdsa.pem"));
    assertThat(shown(read, "unknown.test", "RSA")).contains(file("rsa.pem"));
  }

  @Test
  void keysInTheOldForms() throws Exception {
    ECDSA.write(folder, "ecdsa");
    RSA.write(folder, "rsa");
    write("ecdsa.key", ECDSA.traditionalKeyPem());
    write("rsa.key", RSA.traditionalKeyPem());
    assertThat(Files.readString(folder.resolve("ecdsa.key"))).contains("BEGIN EC PRIVATE KEY");
    assertThat(Files.readString(folder.resolve("rsa.key"))).contains("BEGIN RSA PRIVATE KEY");
    assertThat(read(List.of("ecdsa.pem", "rsa.pem"), List.of("ecdsa.key", "rsa.key")).names())
        .contains("mx.test");
  }

  @Test
  void everythingInOneFileWithWordsAround() throws Exception {
    write(
        "all.pem",
        "Subject: mx\r\n" + ECDSA.keyPem() + "\nand\n" + ECDSA.chainPem().replace("\n", "\r\n"));
    assertThat(read(List.of("all.pem"), List.of()).names()).contains("mx.test");
    assertThat(read(List.of("all.pem"), List.of("all.pem")).names()).contains("mx.test");
  }

  @Test
  void whatIsWrongIsSaidAllAtOnceAndWhatToDo() throws Exception {
    ECDSA.write(folder, "good");
    OTHER.write(folder, "other");
    write("empty.pem", "");
    write("half.pem", ECDSA.chainPem().substring(0, 300));
    write("garbage.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    write("garbage.key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    write(
        "locked.key",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
    write(
        "old-locked.key",
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,00

        AAAA
        -----END RSA PRIVATE KEY-----
        """);
    wrong(List.of("none.pem"), List.of("good.key"), "there is no file " + file("none.pem"));
    wrong(List.of("good.pem"), List.of("none.key"), "there is no file " + file("none.key"));
    wrong(List.of("empty.pem"), List.of("good.key"), file("empty.pem") + " holds no certificate");
    wrong(List.of("good.pem"), List.of("empty.pem"), file("empty.pem") + " holds no private key");
    wrong(List.of("half.pem"), List.of("good.key"), file("half.pem") + " breaks off");
    wrong(
        List.of("garbage.pem"),
        List.of("good.key"),
        file("garbage.pem") + " holds a certificate that is damaged");
    wrong(
        List.of("good.pem"),
        List.of("garbage.key"),
        file("garbage.key") + " holds a key that is damaged");
    wrong(
        List.of("good.pem"),
        List.of("locked.key"),
        file("locked.key") + " holds a key with a passphrase");
    wrong(
        List.of("good.pem"),
        List.of("old-locked.key"),
        file("old-locked.key") + " holds a key with a passphrase");
    wrong(
        List.of("good.pem"),
        List.of("other.key"),
        "that in " + file("other.key") + " belongs to another one");
    wrong(List.of("good.pem"), List.of(), "set tls.key to the file with its private key");
    wrong(
        List.of("none.pem", "empty.pem"),
        List.of("none.key"),
        "no file",
        "no file",
        "holds no certificate");
  }

  @Test
  void whoMayNotReadIsTold() throws IOException {
    ECDSA.write(folder, "good");
    Path key = folder.resolve("good.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("---------"));
    // Root may read everything: then there is nothing to be told.
    if (!Files.isReadable(key)) {
      wrong(List.of("good.pem"), List.of("good.key"), file("good.key") + " may not be read");
    }
  }

  @Test
  void weakKeysAreRefused() {
    AUTHORITY.issueRsa(1024, "mx.test").write(folder, "weak");
    wrong(List.of("weak.pem"), List.of("weak.key"), "has an RSA key of 1024 bits");
  }

  @Test
  void whatClientsWillComplainOfIsAWarning() throws Exception {
    AUTHORITY.issueFor(Duration.ofDays(-1), "old.test").write(folder, "old");
    AUTHORITY.issueFor(Duration.ofDays(2), "soon.test").write(folder, "soon");
    OTHER.write(folder, "other");
    write("good.pem", ECDSA.certificatePem() + OTHER.certificatePem());
    write("good.key", ECDSA.keyPem());
    assertThat(
            read(
                    List.of("old.pem", "soon.pem", "good.pem"),
                    List.of("old.key", "soon.key", "good.key", "other.key"))
                .warnings(Instant.now()))
        .satisfiesExactly(
            old -> assertThat(old).contains(file("old.pem") + " ended at", "renew it"),
            soon -> assertThat(soon).contains(file("soon.pem") + " ends at", "renew it"),
            order ->
                assertThat(order).contains("the chain in " + file("good.pem") + " is out of order"),
            unused -> assertThat(unused).contains(file("other.key") + " belongs to none"));
  }

  @Test
  void noKeyIsEverShown() throws Exception {
    ECDSA.write(folder, "good");
    Certificates.Contents contents =
        Certificates.Contents.read(
            List.of(folder.resolve("good.pem")), List.of(folder.resolve("good.key")));
    assertThat(contents.toString()).doesNotContain("BEGIN");
    assertThat(shownKey().toString()).doesNotContain("PrivateKey");
  }

  private CertifiedKey shownKey() throws UnusableCertificate {
    return read(List.of("good.pem"), List.of("good.key"))
        .choose(Optional.empty(), "EC")
        .orElseThrow();
  }

  private void wrong(List<String> certificates, List<String> keys, String... beginnings) {
    UnusableCertificate wrong =
        catchThrowableOfType(UnusableCertificate.class, () -> read(certificates, keys));
    assertThat(wrong).as("%s %s", certificates, keys).isNotNull();
    for (String beginning : beginnings) {
      assertThat(wrong.sentences()).anySatisfy(said -> assertThat(said).contains(beginning));
    }
  }

  private Certificates read(List<String> certificates, List<String> keys)
      throws UnusableCertificate {
    return Certificates.read(
        certificates.stream().map(folder::resolve).toList(),
        keys.stream().map(folder::resolve).toList());
  }

  private static Optional<String> shown(Certificates certificates, String name, String algorithm) {
    return certificates.choose(Optional.of(name), algorithm).map(CertifiedKey::file);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, US_ASCII);
  }
}
