package me.ehlo.net;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * All that is to be said about the certificate that a server has shown, and not only the first thing that is wrong.
 *
 * @param asked the name that was called
 * @param shown the server's own certificate first, as it came
 * @param weak what is too weak by today's measure, a clause each
 */
public record CertificateJudgement(
    String asked,
    List<X509Certificate> shown,
    Validity validity,
    NameCheck name,
    ChainCheck chain,
    List<String> weak) {

  public CertificateJudgement {
    shown = List.copyOf(shown);
    weak = List.copyOf(weak);
  }

  /** Whether it is valid at this moment. */
  public sealed interface Validity {

    /** It is, until then. */
    record Valid(Instant until) implements Validity {}

    /** It was, until then. */
    record Expired(Instant since) implements Validity {}

    /** It will be, from then on. */
    record NotYet(Instant from) implements Validity {}
  }

  /**
   * Judges.
   *
   * @param shown at least one
   * @param asked the host by its A-labels, or the address
   */
  public static CertificateJudgement of(
      List<X509Certificate> shown, String asked, Trust trust, Instant now) {
    X509Certificate own = shown.getFirst();
    ChainCheck chain = new ChainJudge(trust, now).judge(shown);
    return new CertificateJudgement(
        asked,
        shown,
        validity(own, now),
        NameCheck.of(own, asked),
        chain,
        CertificateStrength.weaknesses(chain.isTrusted() ? chain.path() : shown, trust));
  }

  /** Whether a careful program would go on. */
  public boolean isGood() {
    return validity instanceof Validity.Valid
        && name instanceof NameCheck.Fits
        && chain.isTrusted()
        && chain.outOfTime().isEmpty()
        && weak.isEmpty();
  }

  static Validity validity(X509Certificate certificate, Instant now) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isBefore(from)) {
      return new Validity.NotYet(from);
    }
    return now.isAfter(until) ? new Validity.Expired(until) : new Validity.Valid(until);
  }
}
