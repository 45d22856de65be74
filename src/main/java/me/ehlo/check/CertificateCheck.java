package me.ehlo.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.ehlo.check.Report.Cell;
import me.ehlo.net.CertificateJudgement;
import me.ehlo.net.CertificateJudgement.Validity;
import me.ehlo.net.CertificateReport;
import me.ehlo.net.ChainCheck;
import me.ehlo.net.NameCheck;
import me.ehlo.net.Trust;

/** Whether the certificate that a host shows is one that careful senders accept: dates, name, chain, strength. */
final class CertificateCheck implements Check {
  private static final Duration SOON = Duration.ofDays(14);
  private static final String MINDS =
      "Most senders deliver all the same; those that use MTA-STS or demand a verified certificate do not.";

  private final Trust trust;

  CertificateCheck(Trust trust) {
    this.trust = trust;
  }

  @Override
  public String id() {
    return "cert";
  }

  @Override
  public List<Finding> findings(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Visited visited : facts.visits()) {
      Optional<CertificateJudgement> judgement = judge(visited, facts.now());
      if (judgement.isPresent()) {
        findings.addAll(findings(visited.place(), judgement.get(), facts.now()));
      } else {
        findings.add(
            Finding.unknown(id(), visited.place(), "Not looked at: there was no encryption."));
      }
    }
    return findings;
  }

  private Optional<CertificateJudgement> judge(Visited visited, Instant now) {
    return visited.encryption() instanceof Encryption.Done(var secured)
            && !secured.chain().isEmpty()
        ? Optional.of(CertificateJudgement.of(secured.chain(), visited.target().host(), trust, now))
        : Optional.empty();
  }

  /** All that is wrong with it, and not only the first thing. */
  private List<Finding> findings(Place place, CertificateJudgement judgement, Instant now) {
    List<Finding> findings = new ArrayList<>();
    dates(place, judgement.validity(), now).ifPresent(findings::add);
    List<CertificateReport.Line> bad =
        CertificateReport.lines(judgement, now).stream()
            .filter(line -> line.sign() == CertificateReport.Sign.BAD)
            .filter(line -> findings.isEmpty() || !isOfDates(line))
            .toList();
    bad.forEach(line -> findings.add(bad(place, line, judgement)));
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(id(), place, "Good: " + CertificateReport.summary(judgement, now) + "."));
    }
    return findings;
  }

  private static boolean isOfDates(CertificateReport.Line line) {
    return line.word().equals("EXPIRED") || line.word().equals("NOT YET");
  }

  private Optional<Finding> dates(Place place, Validity validity, Instant now) {
    return switch (validity) {
      case Validity.Expired(var since) ->
          Optional.of(
              Finding.fail(
                  id(),
                  place,
                  "The certificate expired "
                      + CertificateReport.date(since)
                      + ", "
                      + days(since, now)
                      + " ago.",
                  MINDS,
                  "Renew it. If it was renewed already, reload the mail server: it still has the old one."));
      case Validity.NotYet(var from) ->
          Optional.of(
              Finding.fail(
                  id(),
                  place,
                  "The certificate is valid from " + CertificateReport.date(from) + " only.",
                  MINDS,
                  "Look at the clocks, here and where it was made."));
      case Validity.Valid(var until) ->
          Duration.between(now, until).compareTo(SOON) >= 0
              ? Optional.empty()
              : Optional.of(
                  Finding.warn(
                      id(),
                      place,
                      "The certificate ends in " + days(now, until) + ".",
                      "It should have been renewed by now, if that goes by itself.",
                      "Renew it and reload the mail server; see why it did not happen by itself."));
    };
  }

  private static String days(Instant from, Instant until) {
    long days = Duration.between(from, until).toDays();
    return days == 1 ? "1 day" : days + " days";
  }

  private Finding bad(Place place, CertificateReport.Line line, CertificateJudgement judgement) {
    return Finding.warn(
        id(),
        place,
        "The certificate is not one that can be verified: "
            + line.word()
            + ", "
            + line.text()
            + ".",
        MINDS,
        todo(judgement));
  }

  private static String todo(CertificateJudgement judgement) {
    if (!(judgement.name() instanceof NameCheck.Fits)) {
      return "Get a certificate for " + judgement.asked() + ", the name in the MX record.";
    }
    return switch (judgement.chain().verdict()) {
      case INCOMPLETE ->
          "Put the authority's intermediate certificates behind it, into the same file.";
      case SELF_SIGNED, UNKNOWN_AUTHORITY ->
          "Get one of an authority that all trust, such as Let's Encrypt.";
      default -> "Get a new one.";
    };
  }

  /** What the table says. */
  Cell cell(Visited visited, Instant now) {
    return judge(visited, now).map(judgement -> cell(judgement, now)).orElse(Cell.NOT_REACHED);
  }

  private static Cell cell(CertificateJudgement judgement, Instant now) {
    return switch (judgement.validity()) {
      case Validity.Expired _ -> Cell.fail("EXPIRED");
      case Validity.NotYet _ -> Cell.fail("NOT YET");
      case Validity.Valid(var until) -> {
        String left = days(now, until);
        if (!(judgement.name() instanceof NameCheck.Fits)) {
          yield Cell.warn("NAME");
        }
        if (judgement.chain().verdict() == ChainCheck.Verdict.SELF_SIGNED) {
          yield Cell.warn("SELF");
        }
        if (!judgement.isGood()) {
          yield Cell.warn("CHAIN");
        }
        yield Duration.between(now, until).compareTo(SOON) < 0 ? Cell.warn(left) : Cell.ok(left);
      }
    };
  }
}
