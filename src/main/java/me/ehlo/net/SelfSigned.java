package me.ehlo.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * A certificate for those who have none: enough against listeners, and worth nothing to those who ask who we are.
 *
 * <p>It is made once and kept in the data folder, so that clients that were told to trust it go on doing so. It is made
 * anew when it is about to end, or when the names of this site have become others.
 */
public final class SelfSigned {
  private static final Duration RENEWED_BEFORE = Duration.ofDays(30);

  private final Path folder;
  private final List<String> names;
  private final InstantSource clock;
  private volatile Instant goodUntil = Instant.MIN;

  /**
   * @param folder made if it is not there
   * @param names hosts and domains by their A-labels; the first is the certificate's subject
   */
  public SelfSigned(Path folder, List<String> names, InstantSource clock) {
    this.folder = folder;
    this.names = names.stream().distinct().toList();
    this.clock = clock;
  }

  Path certificate() {
    return folder.resolve("tls-self-signed.pem");
  }

  Path key() {
    return folder.resolve("tls-self-signed.key");
  }

  /** Makes the files unless they are there and good. */
  void ensure() throws IOException {
    Instant now = clock.instant();
    if (now.isBefore(goodUntil)) {
      return;
    }
    goodUntil = goodUntil();
    if (!now.isBefore(goodUntil)) {
      make(now);
      goodUntil = goodUntil();
    }
  }

  private Instant goodUntil() {
    try {
      Certificates there = Certificates.read(List.of(certificate()), List.of(key()));
      return there.names().equals(Set.copyOf(names))
          ? there.end().minus(RENEWED_BEFORE)
          : Instant.MIN;
    } catch (UnusableCertificate e) {
      return Instant.MIN; // the first start, or somebody has damaged it: it is ours to mend
    }
  }

  private void make(Instant now) throws IOException {
    NewCertificate made = NewCertificate.make(names, now);
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    write(key(), made.key());
    write(certificate(), made.certificate());
  }

  /** Nobody else may read it at any moment, and nobody reads half of it. */
  private static void write(Path file, String text) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, text, US_ASCII);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
