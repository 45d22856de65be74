package me.ehlo.net;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Whether somebody whom we trust vouches for a server, dates left aside.
 *
 * @param detail what the verdict needs said: a name, or why; empty: nothing
 * @param path from the server's certificate to the last that could be found, an authority that we trust if it is trusted
 * @param outOfTime those of the path behind the server's own that are not valid at this moment
 * @param inOrder whether each that was shown was signed by the next (RFC 8446 §4.4.2 lets servers off, and some clients not)
 */
public record ChainCheck(
    Verdict verdict,
    String detail,
    List<X509Certificate> path,
    List<X509Certificate> outOfTime,
    boolean inOrder) {

  /** What there is to say. */
  public enum Verdict {
    /** A path leads to an authority that we trust. */
    TRUSTED,
    /** It vouches for itself, and nobody else does. */
    SELF_SIGNED,
    /** The path ends at an authority that we do not know; {@code detail}: its name. */
    UNKNOWN_AUTHORITY,
    /** Who signed the last certificate was neither shown nor is known here; {@code detail}: the name. */
    INCOMPLETE,
    /** A signature is not by whom it says; {@code detail}: whose certificate it is on. */
    FORGED,
    /** A rule of PKIX (RFC 5280 §6) is broken; {@code detail}: which, as a clause. */
    UNFIT
  }

  public ChainCheck {
    path = List.copyOf(path);
    outOfTime = List.copyOf(outOfTime);
  }

  public boolean isTrusted() {
    return verdict == Verdict.TRUSTED;
  }

  /** The path as people read it: {@code mail.example.org < Example CA R3 < Example Root X1}. */
  public List<String> names() {
    return path.stream().map(CertificateNames::label).toList();
  }
}
