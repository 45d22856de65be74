package me.ehlo.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import me.ehlo.lines.Line;
import me.ehlo.lines.LineDecoder;
import me.ehlo.trace.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which certificate clients see: by name, by what they can, after the files have changed, and where there are none. */
class ServedCertificatesTest {
  private static final Authority AUTHORITY = new Authority();
  private static final Authority.Issued ECDSA = AUTHORITY.issue("mx.test");
  private static final Authority.Issued RSA = AUTHORITY.issueRsa(2048, "mx.test");
  private static final Authority.Issued OTHER = AUTHORITY.issue("other.test");

  @TempDir private Path folder;

  private final List<Event> journal = new CopyOnWriteArrayList<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final List<Listener> doors = new ArrayList<>();

  @AfterEach
  void close() {
    for (Listener door : doors) {
      door.close();
      door.awaitEnd(Duration.ofSeconds(5));
    }
  }

  @Test
  void byNameAndByWhatTheClientCan() throws Exception {
    ECDSA.write(folder, "ecdsa");
    RSA.write(folder, "rsa");
    OTHER.write(folder, "other");
    Listener door = serve(files("ecdsa", "rsa", "other"));
    for (String version : List.of("TLSv1.3", "TLSv1.2")) {
      assertThat(shown(door, version, "other.test")).isEqualTo(OTHER.certificate());
      assertThat(shown(door, version, "mx.test")).isEqualTo(ECDSA.certificate());
      assertThat(shown(door, version, "unknown.test")).isEqualTo(ECDSA.certificate());
      assertThat(shown(door, version, "")).isEqualTo(ECDSA.certificate());
      assertThat(shown(door, version, "mx.test", "rsa_pss_rsae_sha256", "rsa_pkcs1_sha256"))
          .as(version + ", a client that can only RSA")
          .isEqualTo(RSA.certificate());
    }
  }

  @Test
  void aNewFileIsServedAndWhoIsHereStays() throws Exception {
    ECDSA.write(folder, "mx");
    Listener door = serve(files("mx"));
    try (SSLSocket before = connect(door, "TLSv1.3", "mx.test")) {
      OTHER.write(folder, "mx");
      assertThat(shown(door, "TLSv1.3", "mx.test")).isEqualTo(OTHER.certificate());
      assertThat(troubles()).isEmpty();
      assertThat(notes()).last().asString().contains("a certificate for other.test");
      before.getOutputStream().write("one\r\n".getBytes(US_ASCII));
      assertThat(new String(before.getInputStream().readNBytes(5), US_ASCII)).isEqualTo("one\r\n");
    }
  }

  @Test
  void anUnusableNewFileChangesNothingAndIsToldOnce() throws Exception {
    ECDSA.write(folder, "mx");
    Listener door = serve(files("mx"));
    for (String bad : List.of("", "-----BEGIN CERT", OTHER.chainPem())) {
      journal.clear();
      Files.writeString(folder.resolve("mx.pem"), bad, US_ASCII);
      for (int i = 0; i < 3; i++) {
        assertThat(shown(door, "TLSv1.3", "mx.test")).isEqualTo(ECDSA.certificate());
      }
      assertThat(troubles())
          .singleElement()
          .asString()
          .endsWith("the old certificate stays in service");
    }
    Files.delete(folder.resolve("mx.pem"));
    assertThat(shown(door, "TLSv1.3", "mx.test")).isEqualTo(ECDSA.certificate());
    OTHER.write(folder, "mx");
    assertThat(shown(door, "TLSv1.3", "mx.test")).isEqualTo(OTHER.certificate());
  }

  @Test
  void theFilesAreNotReadForEveryHandshake() throws Exception {
    ECDSA.write(folder, "mx");
    ServedCertificates served =
        new ServedCertificates(files("mx"), journal::add, now::get, Duration.ofHours(1));
    SSLContext first = served.get();
    OTHER.write(folder, "mx");
    assertThat(served.get()).isSameAs(first);
  }

  @Test
  void whoHasNoneGetsOne() throws Exception {
    Path data = folder.resolve("data");
    Listener door = serve(CertificateFiles.of(own(data, "mx.test", "mail.test", "mx.test")));
    X509Certificate made = shown(door, "TLSv1.3", "mail.test");
    made.verify(made.getPublicKey());
    assertThat(made.getSubjectX500Principal()).hasToString("CN=mx.test");
    assertThat(made.getSubjectAlternativeNames())
        .extracting(name -> name.get(1).toString())
        .containsExactly("mx.test", "mail.test");
    assertThat(notes())
        .singleElement()
        .asString()
        .contains("a self-signed certificate for mail.test, mx.test");
    assertThat(data).isDirectoryContaining("glob:**/tls-self-signed.{pem,key}");
    assertThat(Files.getPosixFilePermissions(data.resolve("tls-self-signed.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(shown(serve(CertificateFiles.of(own(data, "mx.test", "mail.test"))), "TLSv1.2", ""))
        .as("after a new start")
        .isEqualTo(made);
  }

  @Test
  void itIsMadeAnewBeforeItEndsForOtherNamesAndWhenItIsDamaged() throws Exception {
    CertificateFiles files = CertificateFiles.of(own(folder, "mx.test"));
    Listener door = serve(files);
    X509Certificate first = shown(door, "TLSv1.3", "");
    now.set(first.getNotAfter().toInstant().minus(Duration.ofDays(29)));
    X509Certificate second = shown(door, "TLSv1.3", "");
    assertThat(second.getNotAfter()).isAfter(first.getNotAfter());
    X509Certificate third =
        shown(serve(CertificateFiles.of(own(folder, "new.test"))), "TLSv1.3", "");
    assertThat(third.getSubjectX500Principal()).hasToString("CN=new.test");
    Files.writeString(folder.resolve("tls-self-signed.key"), "nonsense", US_ASCII);
    X509Certificate fourth =
        shown(serve(CertificateFiles.of(own(folder, "new.test"))), "TLSv1.3", "");
    assertThat(fourth.getSerialNumber())
        .isNotEqualTo(third.getSerialNumber())
        .isGreaterThan(BigInteger.ZERO);
    assertThat(troubles()).isEmpty();
  }

  @Test
  void whatIsMadeIsForServersOnly() throws Exception {
    NewCertificate made =
        NewCertificate.make(List.of("mx.test", "x".repeat(60) + ".example.org"), now.get());
    X509Certificate certificate = parse(made.certificate());
    assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
    assertThat(certificate.getBasicConstraints()).as("no authority").isEqualTo(-1);
    assertThat(made.toString()).doesNotContain("PRIVATE");
  }

  private static X509Certificate parse(String pem) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
  }

  private SelfSigned own(Path data, String... names) {
    return new SelfSigned(data, List.of(names), now::get);
  }

  private CertificateFiles files(String... names) {
    return CertificateFiles.of(
        List.of(names).stream().map(name -> folder.resolve(name + ".pem")).toList(),
        List.of(names).stream().map(name -> folder.resolve(name + ".key")).toList());
  }

  private List<String> troubles() {
    return journal.stream()
        .filter(Event.Trouble.class::isInstance)
        .map(event -> ((Event.Trouble) event).what())
        .toList();
  }

  private List<String> notes() {
    return journal.stream()
        .filter(Event.Note.class::isInstance)
        .map(event -> ((Event.Note) event).what())
        .toList();
  }

  private Listener serve(CertificateFiles files) throws Exception {
    TlsServer tls =
        new TlsServer(new ServedCertificates(files, journal::add, now::get, Duration.ZERO));
    Listener door =
        new Listener(
            "echo",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            () -> new LineDecoder(1000, false),
            new Semaphore(100),
            wire -> echo(wire, tls),
            wire -> {});
    doors.add(door);
    return door;
  }

  private static void echo(Wire wire, TlsServer tls) {
    try {
      wire.encryptFromTheStart(tls, Duration.ofSeconds(20));
      while (wire.readLine(Duration.ofSeconds(20)) instanceof Line.Text(var text)) {
        wire.write((text + "\r\n").getBytes(US_ASCII));
      }
    } catch (WireFailure e) {
      // The client has seen what it came for.
    }
  }

  /** The certificate that is shown to who asks for this name, and can only do what these schemes say; none: everything. */
  private static X509Certificate shown(
      Listener door, String version, String name, String... schemes) throws IOException {
    try (SSLSocket client = connect(door, version, name, schemes)) {
      assertThat(client.getSession().isValid()).isTrue();
      return (X509Certificate) client.getSession().getPeerCertificates()[0];
    }
  }

  private static SSLSocket connect(Listener door, String version, String name, String... schemes) {
    try {
      Socket socket = new Socket(door.address().getAddress(), door.address().getPort());
      socket.setSoTimeout(20_000);
      SSLSocket client =
          (SSLSocket) TlsClient.credulous().getSocketFactory().createSocket(socket, null, 0, true);
      SSLParameters parameters = client.getSSLParameters();
      parameters.setProtocols(new String[] {version});
      if (!name.isEmpty()) {
        parameters.setServerNames(List.of(new SNIHostName(name)));
      }
      if (schemes.length > 0) {
        parameters.setSignatureSchemes(schemes);
      }
      client.setSSLParameters(parameters);
      client.startHandshake();
      return client;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
