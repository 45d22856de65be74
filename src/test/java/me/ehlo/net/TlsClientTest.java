package me.ehlo.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes with servers of every kind: what they show, what we show, and why it fails. */
class TlsClientTest {
  private static final String FAR = "2036-01-01T00:00:00Z";
  private static final Made ROOT =
      Made.named("Root").authority().valid("2016-01-01T00:00:00Z", FAR).bySelf();
  private static final Made SERVER =
      Made.named("mx.test").hosts("mx.test").valid("2016-01-01T00:00:00Z", FAR).by(ROOT);
  private static final Trust TRUST = new Trust("the test", List.of(ROOT.certificate()));
  private static final TlsClient ANYBODY = TlsClient.of(TRUST, Optional.empty());

  @TempDir private Path folder;

  @Test
  void whateverIsShownIsSeen() throws Exception {
    Made bad =
        Made.named("other.test")
            .hosts("other.test")
            .key("RSA", 1024)
            .hash("SHA1")
            .valid("2016-01-01T00:00:00Z", "2020-01-01T00:00:00Z")
            .bySelf();
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      try (TlsPeer peer = TlsPeer.showing(version, Optional.empty(), bad)) {
        Secured secured = peer.secured(ANYBODY, "mx.test", false);
        assertThat(secured.chain()).containsExactly(bad.certificate());
        assertThat(secured.channel().version()).isEqualTo(version);
        assertThat(secured.channel().binding()).isPresent();
        CertificateJudgement judgement =
            CertificateJudgement.of(secured.chain(), "mx.test", TRUST, Instant.now());
        assertThat(judgement.isGood()).isFalse();
      }
    }
  }

  @Test
  void aCertificateIsVerifiedWhereThatIsWanted() throws Exception {
    Made stranger = Made.named("mx.test").hosts("mx.test").bySelf();
    try (TlsPeer good = TlsPeer.showing("TLSv1.3", Optional.empty(), SERVER);
        TlsPeer named = TlsPeer.showing("TLSv1.3", Optional.empty(), SERVER);
        TlsPeer bad = TlsPeer.showing("TLSv1.3", Optional.empty(), stranger)) {
      assertThat(good.secured(ANYBODY, "mx.test", true).chain()).contains(SERVER.certificate());
      assertThatThrownBy(() -> named.secured(ANYBODY, "other.test", true))
          .isInstanceOf(WireFailure.class);
      assertThat(HandshakeTrouble.of(bad.failure(ANYBODY, true)))
          .startsWith("the server's certificate is not trusted: ");
    }
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2, EC, 256", "TLSv1.3, EC, 256", "TLSv1.3, RSA, 2048", "TLSv1.3, Ed25519, 0"})
  void whoIsAskedShowsACertificate(String version, String kind, int bits) throws Exception {
    Made own = Made.named("client").key(kind, bits).valid("2016-01-01T00:00:00Z", FAR).by(ROOT);
    Path key = Files.writeString(folder.resolve("own.key"), own.keyPem(), US_ASCII);
    Path file = own.write(folder.resolve("own.pem"), ROOT);
    ClientCertificate certificate = ClientCertificate.read(file, Optional.of(key));
    TlsClient client = TlsClient.of(TRUST, Optional.of(certificate));
    for (boolean verify : List.of(false, true)) {
      try (TlsPeer peer = TlsPeer.showing(version, Optional.of(TRUST), SERVER)) {
        peer.secured(client, "mx.test", verify);
        assertThat(peer.seen.get(10, TimeUnit.SECONDS))
            .containsExactly(own.certificate(), ROOT.certificate());
      }
    }
    assertThat(certificate.toString()).doesNotContain("PRIVATE");
  }

  @Test
  void aCertificateIsShownThoughTheServerNamesOtherAuthorities() throws Exception {
    Made own = Made.named("client").valid("2016-01-01T00:00:00Z", FAR).bySelf();
    Path file = own.write(folder.resolve("own.pem"));
    Files.writeString(file, own.keyPem(), US_ASCII, StandardOpenOption.APPEND);
    TlsClient client =
        TlsClient.of(TRUST, Optional.of(ClientCertificate.read(file, Optional.empty())));
    try (TlsPeer peer = TlsPeer.showing("TLSv1.2", Optional.of(TRUST), SERVER)) {
      peer.secured(client, "mx.test", false);
      assertThat(peer.seen.get(10, TimeUnit.SECONDS)).containsExactly(own.certificate());
    }
  }

  @Test
  void whoHasNoCertificateIsTold() throws Exception {
    try (TlsPeer peer = TlsPeer.showing("TLSv1.2", Optional.of(TRUST), SERVER)) {
      assertThat(
              HandshakeTrouble.of(peer.failure(ANYBODY, false))) // an alert, or cut off before it
          .startsWith("the server ")
          .contains(" certificate");
    }
  }

  @ParameterizedTest // RFC 8446 §6
  @CsvSource(
      delimiter = '|',
      value = {
        "40 | handshake_failure: it knows no cipher or key that we know too, or it wants a certificate of ours",
        "42 | bad_certificate: it does not accept our certificate",
        "45 | certificate_expired: our certificate has ended",
        "47 | illegal_parameter: it could not follow what we said",
        "48 | unknown_ca: it does not trust whoever signed our certificate",
        "49 | access_denied: it knows our certificate and does not let us in",
        "70 | protocol_version: it speaks neither TLS 1.2 nor 1.3, and what is older is not safe",
        "71 | insufficient_security: it knows no cipher or key that we know too, or it wants a certificate of ours",
        "80 | internal_error: something is wrong there, often the set-up of its certificate; its log says what",
        "112 | unrecognized_name: it has no certificate for the name that we called",
        "116 | certificate_required: it wants a certificate of ours",
      })
  void alerts(int number, String sentence) throws Exception {
    byte[] alert = {21, 3, 3, 0, 2, 2, (byte) number};
    try (TlsPeer peer = TlsPeer.saying(alert)) {
      assertThat(HandshakeTrouble.of(peer.failure(ANYBODY, false)))
          .isEqualTo("the server says " + sentence);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"220 mx.test ESMTP\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n", "\u001b[2J[2J"})
  void plainTextIsNoTls(String said) throws Exception {
    try (TlsPeer peer = TlsPeer.saying(said.getBytes(US_ASCII))) {
      assertThat(HandshakeTrouble.of(peer.failure(ANYBODY, false)))
          .startsWith("what comes is not TLS");
    }
  }

  @Test
  void anOldVersion() throws Exception {
    byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 2 + 1];
    byte[] head = {22, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1};
    System.arraycopy(head, 0, hello, 0, head.length);
    hello[hello.length - 3] = (byte) 0xc0; // TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
    hello[hello.length - 2] = 0x13;
    try (TlsPeer peer = TlsPeer.saying(hello)) {
      assertThat(HandshakeTrouble.of(peer.failure(ANYBODY, false)))
          .isEqualTo("the server answers with a version of TLS older than 1.2, which is not safe");
    }
  }

  @Test
  void whoHangsUp() throws Exception {
    try (TlsPeer peer = TlsPeer.doing(socket -> socket.getInputStream().read(new byte[4096]))) {
      assertThat(HandshakeTrouble.of(peer.failure(ANYBODY, false)))
          .isEqualTo("the server closed the connection in the middle of the handshake");
    }
  }

  @Test
  void whoSaysNothing() throws Exception {
    try (TlsPeer peer = TlsPeer.saying(new byte[0])) {
      assertThat(HandshakeTrouble.of(peer.failure(ANYBODY, false, Duration.ofMillis(500))))
          .isEqualTo("the server did not come to the end of the handshake in time");
    }
  }

  // ---- files

  @Test
  void theAuthoritiesOfAFile() throws Exception {
    Trust trust = Trust.ofFile(ROOT.write(folder.resolve("ca.pem"), SERVER));
    assertThat(trust.authorities()).containsExactly(ROOT.certificate(), SERVER.certificate());
    assertThat(trust.source()).endsWith("ca.pem");
  }

  @Test
  void thisMachineTrustsSomebody() throws Exception {
    assertThat(Trust.ofThisMachine().authorities()).isNotEmpty();
    assertThat(Trust.ofJava().authorities()).isNotEmpty();
  }

  @Test
  void whatIsWrongWithAFileIsSaid() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    Path broken =
        Files.writeString(folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA");
    Path whole = SERVER.write(folder.resolve("whole.pem"));
    Path key = Files.writeString(folder.resolve("root.key"), ROOT.keyPem(), US_ASCII);
    Path missing = folder.resolve("missing.pem");
    assertThatThrownBy(() -> Trust.ofFile(empty)).hasMessageContaining("holds no certificate");
    assertThatThrownBy(() -> Trust.ofFile(broken)).hasMessageContaining("breaks off");
    assertThatThrownBy(() -> Trust.ofFile(missing)).hasMessageStartingWith("there is no file");
    assertThatThrownBy(() -> ClientCertificate.read(missing, Optional.empty()))
        .hasMessageStartingWith("there is no file");
    assertThatThrownBy(() -> ClientCertificate.read(whole, Optional.empty()))
        .hasMessageContaining("whole.pem holds no private key");
    assertThatThrownBy(() -> ClientCertificate.read(key, Optional.of(key)))
        .hasMessageContaining("holds no certificate");
    assertThatThrownBy(() -> ClientCertificate.read(whole, Optional.of(key)))
        .isInstanceOf(UnusableCertificate.class)
        .hasMessageContaining("does not belong to the first certificate");
  }

  @Test
  void whatStandsInACertificate() throws Exception {
    Made made =
        Made.subject("O=Example,CN=mx.test")
            .hosts("mx.test", "*.mx.test")
            .addresses("192.0.2.25")
            .by(ROOT);
    assertThat(CertificateDetails.of(made.certificate()).lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("subject    CN=mx.test, O=Example"),
            line -> assertThat(line).isEqualTo("names      mx.test, *.mx.test, 192.0.2.25"),
            line -> assertThat(line).isEqualTo("issuer     CN=Root"),
            line ->
                assertThat(line)
                    .isEqualTo("valid      22 Oct 2026 12:00:00 UTC to 21 Jan 2027 13:00:00 UTC"),
            line -> assertThat(line).isEqualTo("key        ECDSA 256"),
            line -> assertThat(line).isEqualTo("signature  SHA256withECDSA"),
            line -> assertThat(line).matches("serial     [0-9a-f]+"),
            line -> assertThat(line).matches("sha-256    ([0-9A-F]{2}:){31}[0-9A-F]{2}"),
            line -> assertThat(line).matches("key sha-256 \\(TLSA 3 1 1\\)  [0-9a-f]{64}"));
    Path file = made.write(folder.resolve("saved.pem"), ROOT);
    assertThat(PemFile.read(file).certificates())
        .containsExactly(made.certificate(), ROOT.certificate());
  }
}
