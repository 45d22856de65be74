package me.ehlo.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for {@code mx.test} that the JDK's own tool has made and an authority signed, and those who trust it. */
final class Tls {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private Tls() {}

  /** Whom this machine trusts, and that is none of those below. */
  static SSLContext ofTheMachine() {
    try {
      return SSLContext.getDefault();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** For servers that show it and clients that trust it. */
  static SSLContext context() {
    return context("-validity", "3650");
  }

  /** The same, with a certificate that an authority made with these options. */
  static SSLContext context(String... options) {
    try {
      Path folder = Files.createTempDirectory("ehlo-tls");
      Path file = folder.resolve("keys.p12");
      make(file, "ca", "CN=ca.test", "-ext", "bc:c", "-validity", "3650");
      List<String> own = new ArrayList<>(List.of("-signer", "ca", "-ext", "SAN=dns:mx.test"));
      own.addAll(List.of(options));
      make(file, "mx", "CN=mx.test", own.toArray(String[]::new));
      KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD);
      Files.delete(file);
      Files.delete(folder);
      Certificate ca = keys.getCertificate("ca");
      keys.deleteEntry("ca");
      KeyManagerFactory shown = KeyManagerFactory.getInstance("PKIX");
      shown.init(keys, PASSWORD);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, PASSWORD);
      trusted.setCertificateEntry("ca", ca);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(shown.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void make(Path file, String alias, String name, String... options)
      throws IOException {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        new ArrayList<>(
            List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                name,
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD)));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new IOException("keytool fails");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
