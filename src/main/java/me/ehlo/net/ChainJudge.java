package me.ehlo.net;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import me.ehlo.net.ChainCheck.Verdict;
import me.ehlo.trace.Plain;

/**
 * Looks for a path from a server's certificate to an authority that is trusted.
 *
 * <p>The JDK looks, and its word is what counts. It judges everything at one moment; so it is asked for each moment at which
 * the certificates may have been valid together, and what is not valid now is told apart from what never was. Where it finds
 * no path it does not say why in words that help; so the path is then followed by hand as far as it goes, and the JDK asked
 * about that.
 */
final class ChainJudge {
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1"; // RFC 5280 §4.2.1.12
  private static final String ANY_USE = "2.5.29.37.0";
  private static final Set<Reason> DATES = Set.of(BasicReason.EXPIRED, BasicReason.NOT_YET_VALID);
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final Trust trust;
  private final Instant now;

  ChainJudge(Trust trust, Instant now) {
    this.trust = trust;
    this.now = now;
  }

  ChainCheck judge(List<X509Certificate> shown) {
    X509Certificate own = shown.getFirst();
    if (trust.has(own)) {
      return check(Verdict.TRUSTED, "", List.of(own), shown);
    }
    return moments(shown).stream()
        .flatMap(moment -> build(shown, moment).stream())
        .findFirst()
        .map(found -> found(found, shown))
        .orElseGet(() -> new Walk(shown).end());
  }

  private List<Instant> moments(List<X509Certificate> shown) {
    return Stream.concat(
            Stream.of(now),
            shown.stream()
                .flatMap(each ->
                    Stream.of(
                        each.getNotAfter().toInstant().minus(MOMENT),
                        each.getNotBefore().toInstant().plus(MOMENT))))
        .distinct()
        .toList();
  }

  private Optional<PKIXCertPathBuilderResult> build(List<X509Certificate> shown, Instant moment) {
    if (trust.authorities().isEmpty()) {
      return Optional.empty();
    }
    X509CertSelector own = new X509CertSelector();
    own.setCertificate(shown.getFirst());
    try {
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(trust.anchors(), own);
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(shown)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(moment));
      return Optional.of(
          (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters));
    } catch (CertPathBuilderException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PKIX", e);
    }
  }

  private ChainCheck found(PKIXCertPathBuilderResult result, List<X509Certificate> shown) {
    List<X509Certificate> path = new ArrayList<>();
    result.getCertPath().getCertificates().forEach(each -> path.add((X509Certificate) each));
    X509Certificate root = result.getTrustAnchor().getTrustedCert();
    if (root != null && !path.contains(root)) {
      path.add(root);
    }
    return trusted(path, shown);
  }

  private ChainCheck trusted(List<X509Certificate> path, List<X509Certificate> shown) {
    return isForServers(shown.getFirst())
        ? check(Verdict.TRUSTED, "", path, shown)
        : check(
            Verdict.UNFIT,
            "it is made for other uses than servers (extended key usage)",
            path,
            shown);
  }

  private static boolean isForServers(X509Certificate certificate) {
    try {
      List<String> uses = certificate.getExtendedKeyUsage();
      return uses == null || uses.contains(SERVER_AUTH) || uses.contains(ANY_USE);
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private ChainCheck check(
      Verdict verdict, String detail, List<X509Certificate> path, List<X509Certificate> shown) {
    List<X509Certificate> outOfTime =
        path.stream()
            .skip(1)
            .filter(each ->
                !(CertificateJudgement.validity(each, now)
                    instanceof CertificateJudgement.Validity.Valid))
            .toList();
    return new ChainCheck(verdict, detail, path, outOfTime, isInOrder(shown));
  }

  private static boolean isInOrder(List<X509Certificate> shown) {
    for (int i = 1; i < shown.size(); i++) {
      if (!isIssuer(shown.get(i), shown.get(i - 1))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIssuer(X509Certificate issuer, X509Certificate of) {
    return issuer.getSubjectX500Principal().equals(of.getIssuerX500Principal());
  }

  /** What is wrong with a path that leads to an authority that we trust, but for its dates; empty: nothing. */
  private String trouble(List<X509Certificate> path) {
    for (Instant moment : moments(path)) {
      Optional<CertPathValidatorException> failure = failure(path, moment);
      if (failure.isPresent() && !DATES.contains(failure.get().getReason())) {
        return Plain.harmless(String.valueOf(failure.get().getMessage()));
      }
    }
    for (int i = 1; i < path.size() - 1; i++) {
      if (path.get(i).getBasicConstraints() < i - 1) { // RFC 5280 §4.2.1.9
        return CertificateNames.label(path.get(i)) + " may not sign certificates, or not so many";
      }
    }
    return "";
  }

  private static Optional<CertPathValidatorException> failure(
      List<X509Certificate> path, Instant moment) {
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(path.getLast(), null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(moment));
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509")
                  .generateCertPath(path.subList(0, path.size() - 1)),
              parameters);
      return Optional.empty();
    } catch (CertPathValidatorException e) {
      return Optional.of(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PKIX", e);
    }
  }

  /** The path followed by hand, to tell where it ends. */
  private final class Walk {
    private final List<X509Certificate> shown;
    private final List<X509Certificate> path = new ArrayList<>();

    Walk(List<X509Certificate> shown) {
      this.shown = shown;
      path.add(shown.getFirst());
    }

    ChainCheck end() {
      while (true) {
        X509Certificate last = path.getLast();
        if (trust.has(last)) {
          String trouble = trouble(path);
          return trouble.isEmpty()
              ? trusted(path, shown)
              : check(Verdict.UNFIT, trouble, path, shown);
        }
        if (isIssuer(last, last) && isSignedBy(last, last)) {
          return path.size() == 1
              ? check(Verdict.SELF_SIGNED, "", path, shown)
              : check(Verdict.UNKNOWN_AUTHORITY, CertificateNames.label(last), path, shown);
        }
        Optional<X509Certificate> next =
            candidates(last).filter(each -> isSignedBy(each, last)).findFirst();
        if (next.isEmpty()) {
          return brokenOff(last);
        }
        path.add(next.get());
      }
    }

    private ChainCheck brokenOff(X509Certificate last) {
      return candidates(last).findFirst().isPresent()
          ? check(Verdict.FORGED, CertificateNames.label(last), path, shown)
          : check(
              Verdict.INCOMPLETE,
              CertificateNames.shortName(last.getIssuerX500Principal()),
              path,
              shown);
    }

    private Stream<X509Certificate> candidates(X509Certificate last) {
      return Stream.concat(trust.authorities().stream(), shown.stream())
          .filter(each -> isIssuer(each, last) && !path.contains(each));
    }
  }

  private static boolean isSignedBy(X509Certificate issuer, X509Certificate certificate) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
