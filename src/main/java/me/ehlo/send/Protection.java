package me.ehlo.send;

import java.time.InstantSource;
import java.util.function.BiConsumer;
import me.ehlo.call.Destination;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.Parsed;
import me.ehlo.net.CertificateJudgement;
import me.ehlo.net.CertificateReport;
import me.ehlo.net.Secured;
import me.ehlo.net.Trust;
import me.ehlo.trace.Mark;

/** Looks at what a TLS handshake has brought, says all that is to be said about it, and remembers whether it was good. */
final class Protection {
  private final Trust trust;
  private final Destination to;
  private final boolean demanded;
  private final InstantSource clock;
  private final BiConsumer<Mark, String> teller;
  private boolean good;

  /**
   * @param demanded whether to go no further with a certificate that is not good
   */
  Protection(
      Trust trust,
      Destination to,
      boolean demanded,
      InstantSource clock,
      BiConsumer<Mark, String> teller) {
    this.trust = trust;
    this.to = to;
    this.demanded = demanded;
    this.clock = clock;
    this.teller = teller;
  }

  /** Whether to go on; everything has been told. */
  boolean judge(Secured secured) {
    teller.accept(Mark.INFO, secured.channel().version() + ", " + secured.channel().cipher());
    if (secured.chain().isEmpty()) {
      teller.accept(Mark.ERROR, "the server has shown no certificate");
      return !demanded;
    }
    CertificateJudgement judgement =
        CertificateJudgement.of(secured.chain(), asked(), trust, clock.instant());
    good = judgement.isGood();
    if (good) {
      teller.accept(
          Mark.INFO, "certificate ok: " + CertificateReport.summary(judgement, clock.instant()));
    } else {
      tell(judgement);
    }
    return good || !demanded;
  }

  /** Whether only the server that was called can read along. */
  boolean isGood() {
    return good;
  }

  private void tell(CertificateJudgement judgement) {
    teller.accept(Mark.ERROR, "TLS is on, but the certificate is not valid:");
    for (CertificateReport.Line line : CertificateReport.lines(judgement, clock.instant())) {
      teller.accept(Mark.ERROR, "  %-9s %s".formatted(line.word(), line.text()).stripTrailing());
    }
  }

  private String asked() {
    return DomainParser.parse(to.name()) instanceof Parsed.Right<Domain>(var domain)
        ? domain.ascii()
        : to.name();
  }
}
