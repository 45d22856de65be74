package me.ehlo.net;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import me.ehlo.net.PemFile.InvalidPem;

/** The certificates we are known by, found to be whole, and which of them a client is shown. */
public final class Certificates {
  private final List<CertifiedKey> all;
  private final List<String> unused;

  private Certificates(List<CertifiedKey> all, List<String> unused) {
    this.all = List.copyOf(all);
    this.unused = List.copyOf(unused);
  }

  /**
   * Reads them.
   *
   * @param certificates PEM files, each a certificate and its chain
   * @param keys PEM files with their keys in any order; a key may also stand beside its certificate
   * @throws UnusableCertificate with everything that is wrong
   */
  public static Certificates read(List<Path> certificates, List<Path> keys)
      throws UnusableCertificate {
    return of(Contents.read(certificates, keys));
  }

  /** All files as they were at one moment: equal contents make equal certificates. */
  record Contents(List<PemFile> certificates, List<PemFile> keys) {

    static Contents read(List<Path> certificates, List<Path> keys) {
      return new Contents(
          certificates.stream().map(PemFile::read).toList(),
          keys.stream().map(PemFile::read).toList());
    }
  }

  private record Key(PemFile file, PrivateKey key) {}

  static Certificates of(Contents contents) throws UnusableCertificate {
    List<String> mistakes = new ArrayList<>();
    List<Key> keys = new ArrayList<>();
    contents.keys.forEach(file -> addKeys(file, true, keys, mistakes));
    contents.certificates.forEach(file -> addKeys(file, false, keys, mistakes));
    List<CertifiedKey> found = new ArrayList<>();
    for (PemFile file : contents.certificates) {
      pair(file, keys, mistakes).ifPresent(found::add);
    }
    if (!mistakes.isEmpty()) {
      throw new UnusableCertificate(mistakes.stream().distinct().toList());
    }
    return new Certificates(found, unused(found, keys));
  }

  private static void addKeys(
      PemFile file, boolean required, List<Key> keys, List<String> mistakes) {
    try {
      List<PrivateKey> found = file.keys();
      found.forEach(key -> keys.add(new Key(file, key)));
      if (required && found.isEmpty()) {
        mistakes.add(file.path() + " holds no private key in PEM form (BEGIN PRIVATE KEY)");
      }
    } catch (InvalidPem e) {
      mistakes.add(e.sentence());
    }
  }

  private static Optional<CertifiedKey> pair(PemFile file, List<Key> keys, List<String> mistakes) {
    try {
      List<X509Certificate> chain = file.certificates();
      if (chain.isEmpty()) {
        mistakes.add(file.path() + " holds no certificate in PEM form (BEGIN CERTIFICATE)");
        return Optional.empty();
      }
      PublicKey shown = chain.getFirst().getPublicKey();
      CertifiedKey.weakness(shown)
          .ifPresent(
              weakness -> mistakes.add("the certificate in " + file.path() + " has " + weakness));
      Optional<CertifiedKey> whole =
          keys.stream()
              .filter(key -> CertifiedKey.belongTogether(key.key, shown))
              .findFirst()
              .map(key -> new CertifiedKey(file.path().toString(), chain, key.key));
      if (whole.isEmpty()) {
        mistakes.add(noKey(file, keys));
      }
      return whole;
    } catch (InvalidPem e) {
      mistakes.add(e.sentence());
      return Optional.empty();
    }
  }

  private static String noKey(PemFile file, List<Key> keys) {
    String where =
        keys.isEmpty()
            ? "set tls.key to the file with its private key"
            : "that in "
                + String.join(
                    ", ", keys.stream().map(key -> key.file.path().toString()).distinct().toList())
                + " belongs to another one; the first certificate in a file must be the server's own";
    return "there is no key for the certificate in " + file.path() + ": " + where;
  }

  private static List<String> unused(List<CertifiedKey> found, List<Key> keys) {
    return keys.stream()
        .filter(key -> found.stream().noneMatch(whole -> whole.key().equals(key.key)))
        .map(key -> "the key in " + key.file.path() + " belongs to none of the certificates")
        .toList();
  }

  /** What clients will complain of, though it can be served. */
  public List<String> warnings(Instant now) {
    List<String> warnings = new ArrayList<>();
    all.forEach(each -> each.warning(now).ifPresent(warnings::add));
    warnings.addAll(unused);
    return warnings;
  }

  /** The names that they are for, in order. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    all.forEach(each -> names.addAll(each.names()));
    return names;
  }

  /** When the first of them ends. */
  public Instant end() {
    return all.stream().map(CertifiedKey::ends).min(Instant::compareTo).orElse(Instant.MAX);
  }

  boolean areSelfSigned() {
    return all.stream().allMatch(CertifiedKey::isSelfSigned);
  }

  /**
   * The one with this kind of key that a client is shown.
   *
   * @param name that the client asks for, in lower case; empty: none
   */
  Optional<CertifiedKey> choose(Optional<String> name, String algorithm) {
    return named(name).stream().filter(each -> each.algorithm().equals(algorithm)).findFirst();
  }

  /** The certificate of this handle. */
  Optional<CertifiedKey> at(String alias) {
    return all.stream().filter(each -> alias(each).equals(alias)).findFirst();
  }

  String alias(CertifiedKey one) {
    return Integer.toString(all.indexOf(one));
  }

  private List<CertifiedKey> named(Optional<String> name) {
    List<CertifiedKey> exact =
        all.stream().filter(each -> name.map(each::hasName).orElse(false)).toList();
    if (!exact.isEmpty()) {
      return exact;
    }
    List<CertifiedKey> wild =
        all.stream().filter(each -> name.map(each::hasWildcardFor).orElse(false)).toList();
    // The first, in all its kinds of key: with the wrong name, or with no name asked for.
    return wild.isEmpty()
        ? all.stream()
            .filter(each -> each.equals(all.getFirst()) || each.sharesNameWith(all.getFirst()))
            .toList()
        : wild;
  }
}
