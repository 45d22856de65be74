package me.ehlo.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import me.ehlo.net.CertificateReport.Line;
import me.ehlo.net.CertificateReport.Sign;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is found in certificates, one thing at a time and all at once, and what people are told of it. */
class CertificateJudgementTest {
  private static final String HOST = "mail.example.org";
  private static final Made ROOT =
      Made.named("Example Root X1")
          .authority()
          .valid("2016-01-01T00:00:00Z", "2036-01-01T00:00:00Z")
          .bySelf();
  private static final Made R3 = intermediate().by(ROOT);
  private static final Made OTHER_ROOT = Made.named("Other Root").authority().bySelf();
  private static final Made SERVER = server().by(R3);
  private static final Trust TRUST = new Trust("the test", List.of(ROOT.certificate()));

  private static final String CHAIN_OK =
      "chain: ok, mail.example.org < Example CA R3 < Example Root X1";
  private static final String DATES_OK = "dates: ok, until 21 Jan 2027 13:00:00 UTC, 61 more days";
  private static final String NAME_OK = "name: ok, mail.example.org";
  private static final String ORDER =
      "order: the certificates come out of order, or with others between them; some programs do not find the path";

  private static Made.Maker server() {
    return Made.named(HOST).hosts(HOST);
  }

  private static Made.Maker expired() {
    return server().valid("2026-08-01T00:00:00Z", "2026-10-30T00:00:01Z");
  }

  private static Made.Maker intermediate() {
    return Made.named("Example CA R3")
        .authority()
        .valid("2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z");
  }

  private static List<X509Certificate> shown(Made... all) {
    return Stream.of(all).map(Made::certificate).toList();
  }

  private static List<Line> report(Made... all) {
    CertificateJudgement judgement = CertificateJudgement.of(shown(all), HOST, TRUST, Made.NOW);
    List<Line> lines = CertificateReport.lines(judgement, Made.NOW);
    assertThat(judgement.isGood())
        .as(lines.toString())
        .isEqualTo(lines.stream().noneMatch(line -> line.sign() == Sign.BAD));
    return lines;
  }

  @ParameterizedTest
  @MethodSource
  void everyFinding(String what, Made[] shown, List<String> found) {
    assertThat(report(shown).stream().map(line -> line.word() + ": " + line.text()))
        .as(what)
        .containsExactlyElementsOf(found);
  }

  static Stream<Arguments> everyFinding() {
    Made selfSigned = server().bySelf();
    Made otherCa = Made.named("Other CA").authority().by(OTHER_ROOT);
    Made old3 = intermediate().valid("2020-01-01T00:00:00Z", "2026-10-01T00:00:00Z").by(ROOT);
    Made young3 = intermediate().valid("2026-11-22T12:00:00Z", "2030-01-01T00:00:00Z").by(ROOT);
    Made noAuthority = Made.named("Example Leaf").by(ROOT);
    return Stream.of(
        of("all is well", DATES_OK, NAME_OK, CHAIN_OK).shown(SERVER, R3),
        of("with its root", DATES_OK, NAME_OK, CHAIN_OK).shown(SERVER, R3, ROOT),
        of("out of order", DATES_OK, NAME_OK, CHAIN_OK, ORDER).shown(SERVER, ROOT, R3),
        of("with a stranger", DATES_OK, NAME_OK, CHAIN_OK, ORDER).shown(SERVER, otherCa, R3),
        of(
                "expired, as experience shows it",
                "EXPIRED: 30 Oct 2026 00:00:01 UTC, 22 days ago",
                NAME_OK,
                CHAIN_OK)
            .shown(expired().by(R3), R3),
        of(
                "not yet",
                "NOT YET: valid from 22 Nov 2026 11:00:00 UTC, in 23 hours; are the clocks right?",
                NAME_OK,
                CHAIN_OK)
            .shown(server().valid("2026-11-22T11:00:00Z", "2027-01-01T00:00:00Z").by(R3), R3),
        of(
                "soon",
                "dates: ok, until 22 Nov 2026 12:30:00 UTC, 1 more day: time to renew it",
                NAME_OK,
                CHAIN_OK)
            .shown(server().valid("2026-10-22T11:00:00Z", "2026-11-22T12:30:00Z").by(R3), R3),
        of(
                "other names",
                DATES_OK,
                "WRONG NAME: it is for a.example.org, *.b.example.org, not for mail.example.org",
                "chain: ok, a.example.org < Example CA R3 < Example Root X1")
            .shown(
                Made.named("a.example.org").hosts("a.example.org", "*.B.example.org").by(R3), R3),
        of(
                "many names",
                DATES_OK,
                "WRONG NAME: it is for a, b, c, d, e and 2 more, not for mail.example.org",
                "chain: ok, a < Example CA R3 < Example Root X1")
            .shown(Made.subject("").hosts("a", "b", "c", "d", "e", "f", "g").by(R3), R3),
        of(
                "a common name only",
                DATES_OK,
                "WRONG NAME: mail.example.org stands only in the common name, where nobody looks any more"
                    + " (RFC 9525); it is for no name",
                CHAIN_OK)
            .shown(Made.named(HOST).by(R3), R3),
        of(
                "no name",
                DATES_OK,
                "WRONG NAME: it is for no name at all, not for mail.example.org",
                "chain: ok, Example < Example CA R3 < Example Root X1")
            .shown(Made.subject("O=Example").by(R3), R3),
        of(
                "self-signed",
                DATES_OK,
                NAME_OK,
                "SELF-SIGNED: it vouches for itself, and nobody else does")
            .shown(selfSigned),
        of(
                "an intermediate is missing",
                DATES_OK,
                NAME_OK,
                "INCOMPLETE: mail.example.org < ?: Example CA R3 was not sent and is not known here; an"
                    + " intermediate certificate is missing, or the authority is a private one")
            .shown(SERVER),
        of(
                "somebody else's authority",
                DATES_OK,
                NAME_OK,
                "UNKNOWN CA: mail.example.org < Other CA < Other Root: the last is an authority that is not"
                    + " trusted here")
            .shown(server().by(otherCa), otherCa, OTHER_ROOT),
        of("signed by the root", DATES_OK, NAME_OK, "chain: ok, mail.example.org < Example Root X1")
            .shown(server().by(ROOT)),
        of(
                "somebody else's signature",
                DATES_OK,
                NAME_OK,
                "FORGED: the signature on mail.example.org is not by whom it says")
            .shown(server().pretending(R3), R3),
        of(
                "an intermediate that has ended",
                DATES_OK,
                NAME_OK,
                CHAIN_OK,
                "EXPIRED: Example CA R3, above it in the chain, ended 1 Oct 2026 00:00:00 UTC, 51 days ago")
            .shown(server().by(old3), old3),
        of(
                "an intermediate that has not begun",
                DATES_OK,
                NAME_OK,
                CHAIN_OK,
                "NOT YET: Example CA R3, above it in the chain, is valid from 22 Nov 2026 12:00:00 UTC, in 1 day")
            .shown(server().by(young3), young3),
        of(
                "both have ended",
                "EXPIRED: 30 Oct 2026 00:00:01 UTC, 22 days ago",
                NAME_OK,
                CHAIN_OK,
                "EXPIRED: Example CA R3, above it in the chain, ended 1 Oct 2026 00:00:00 UTC, 51 days ago")
            .shown(expired().by(old3), old3),
        of(
                "a short key",
                DATES_OK,
                NAME_OK,
                CHAIN_OK,
                "WEAK: the key of mail.example.org is RSA 1024; 2048 is the least")
            .shown(server().key("RSA", 1024).by(R3), R3),
        of(
                "a hash that is broken",
                DATES_OK,
                NAME_OK,
                CHAIN_OK,
                "WEAK: the signature on mail.example.org is made with SHA-1")
            .shown(server().hash("SHA1").by(R3), R3),
        of(
                "for people, not servers",
                DATES_OK,
                NAME_OK,
                "UNFIT: mail.example.org < Example CA R3 < Example Root X1: it is made for other uses than servers"
                    + " (extended key usage)")
            .shown(server().use(KeyPurposeId.id_kp_emailProtection).by(R3), R3),
        of("for servers", DATES_OK, NAME_OK, CHAIN_OK)
            .shown(server().use(KeyPurposeId.id_kp_serverAuth).by(R3), R3),
        of(
                "by one that is no authority",
                DATES_OK,
                NAME_OK,
                "UNFIT: mail.example.org < Example Leaf < Example Root X1: basic constraints check failed: this is"
                    + " not a CA certificate")
            .shown(server().by(noAuthority), noAuthority),
        of(
                "everything at once",
                "EXPIRED: 21 Nov 2026 11:59:00 UTC, 1 minute ago",
                "WRONG NAME: it is for other.example, not for mail.example.org",
                "SELF-SIGNED: it vouches for itself, and nobody else does",
                "WEAK: the key of other.example is RSA 1024; 2048 is the least")
            .shown(
                Made.named("other.example")
                    .hosts("other.example")
                    .key("RSA", 1024)
                    .hash("SHA1")
                    .valid("2026-08-01T00:00:00Z", "2026-11-21T11:59:00Z")
                    .bySelf()));
  }

  private record Case(String what, List<String> found) {
    Arguments shown(Made... shown) {
      return arguments(what, shown, found);
    }
  }

  private static Case of(String what, String... found) {
    return new Case(what, List.of(found));
  }

  @Test
  void md5IsNothing() {
    assertThat(report(server().key("RSA", 2048).hash("MD5").by(rsaRoot()), rsaRoot()))
        .extracting(Line::word)
        .contains("WEAK");
  }

  private static Made rsaRoot() {
    return RsaRoot.ROOT;
  }

  private static final class RsaRoot {
    static final Made ROOT = Made.named("RSA Root").authority().key("RSA", 2048).bySelf();
  }

  @Test
  void whatIsTrustedItselfNeedsNobody() {
    Made own = server().bySelf();
    Trust trust = new Trust("a file", shown(own));
    CertificateJudgement judgement = CertificateJudgement.of(shown(own), HOST, trust, Made.NOW);
    assertThat(judgement.isGood()).isTrue();
  }

  @Test
  void wholeAndTrustedByNobody() {
    CertificateJudgement judgement =
        CertificateJudgement.of(
            shown(SERVER, R3, ROOT), HOST, new Trust("nobody", List.of()), Made.NOW);
    assertThat(judgement.chain().verdict()).isEqualTo(ChainCheck.Verdict.UNKNOWN_AUTHORITY);
    assertThat(judgement.chain().detail()).isEqualTo("Example Root X1");
  }

  @Test
  void theSummaryOfAGoodOne() {
    CertificateJudgement judgement =
        CertificateJudgement.of(shown(SERVER, R3), HOST, TRUST, Made.NOW);
    assertThat(CertificateReport.summary(judgement, Made.NOW))
        .isEqualTo("mail.example.org, issued by Example CA R3, valid 61 more days");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CN=Example\\, Inc,O=Else | Example, Inc",
        "O=Else+CN=Together | Together",
        "OU=Unit,O=Example | Example",
        "OU=Unit,C=DE | Unit",
        "C=DE | C=DE",
      })
  void whatPeopleCallAnIssuer(String subject, String name) {
    Made made = Made.subject(subject).bySelf();
    assertThat(CertificateNames.shortName(made.certificate().getIssuerX500Principal()))
        .isEqualTo(name);
  }

  @ParameterizedTest // RFC 9525 §6.3
  @CsvSource({
    "mail.example.org, mail.example.org, true",
    "mail.example.org, MAIL.example.ORG, true",
    "mail.example.org, mail.example.org., true",
    "MAIL.Example.org, mail.example.org, true",
    "*.example.org, mail.example.org, true",
    "*.example.org, example.org, false",
    "*.example.org, a.mail.example.org, false",
    "mail.*.org, mail.example.org, false",
    "m*.example.org, mail.example.org, false",
    "*il.example.org, mail.example.org, false",
    "*, org, false",
    "*.xn--exmple-cua.org, mail.xn--exmple-cua.org, true",
    "example.org, mail.example.org, false",
    "192.0.2.25, 192.0.2.25, true",
    "192.0.2.25, 192.0.2.26, false",
    "2001:db8::25, 2001:0db8:0:0::0025, true",
  })
  void names(String name, String asked, boolean fits) {
    boolean address = name.contains(":") || Character.isDigit(name.charAt(0));
    Made made =
        address ? Made.named("x").addresses(name).bySelf() : Made.named("x").hosts(name).bySelf();
    assertThat(NameCheck.of(made.certificate(), asked) instanceof NameCheck.Fits).isEqualTo(fits);
  }

  @Test
  void anAddressIsNoHost() {
    Made made = Made.named("192.0.2.25").hosts("192.0.2.25").bySelf();
    assertThat(NameCheck.of(made.certificate(), "192.0.2.25"))
        .isEqualTo(new NameCheck.OnlyCommonName("192.0.2.25", List.of("192.0.2.25")));
  }

  @Test
  void namesDoNothingToATerminal() {
    Made made = Made.subject("CN=\u001b[2Jx").hosts("a\u001b[2J").bySelf();
    CertificateJudgement judgement = CertificateJudgement.of(shown(made), HOST, TRUST, Made.NOW);
    assertThat(CertificateReport.lines(judgement, Made.NOW).toString()).doesNotContain("\u001b");
    assertThat(CertificateReport.summary(judgement, Made.NOW)).doesNotContain("\u001b");
    assertThat(CertificateDetails.of(made.certificate()).toString()).doesNotContain("\u001b");
  }
}
