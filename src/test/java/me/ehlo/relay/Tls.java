package me.ehlo.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for {@code mx.test} that the JDK's own tool has made, and those who trust it. */
final class Tls {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private Tls() {}

  /** For servers that show it and clients that trust it. */
  static SSLContext context() {
    try {
      Path folder = Files.createTempDirectory("ehlo-tls");
      Path file = folder.resolve("keys.p12");
      make(file);
      KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD);
      Files.delete(file);
      Files.delete(folder);
      KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
      own.init(keys, PASSWORD);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, PASSWORD);
      trusted.setCertificateEntry("mx", keys.getCertificate("mx"));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void make(Path file) throws IOException {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process process =
        new ProcessBuilder(
                List.of(
                    keytool.toString(),
                    "-genkeypair",
                    "-alias",
                    "mx",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=mx.test",
                    "-ext",
                    "SAN=dns:mx.test",
                    "-validity",
                    "3650",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    new String(PASSWORD)))
            .redirectErrorStream(true)
            .start();
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
