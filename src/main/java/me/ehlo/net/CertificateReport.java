package me.ehlo.net;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import me.ehlo.net.CertificateJudgement.Validity;

/** What a judgement says to people, line for line; every finding, the good ones too. */
public final class CertificateReport {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final Duration SOON = Duration.ofDays(14);
  private static final int NAMES_MAX = 5;

  private final CertificateJudgement judgement;
  private final Instant now;
  private final List<Line> lines = new ArrayList<>();

  /** How a line is meant. */
  public enum Sign {
    GOOD,
    /** Worth knowing; nobody refuses because of it. */
    NOTE,
    /** Careful programs go no further. */
    BAD
  }

  /**
   * One finding.
   *
   * @param word such as {@code EXPIRED}, in capitals if it is bad
   */
  public record Line(Sign sign, String word, String text) {}

  private CertificateReport(CertificateJudgement judgement, Instant now) {
    this.judgement = judgement;
    this.now = now;
  }

  /** All findings: dates, name, chain, and what else is wrong. */
  public static List<Line> lines(CertificateJudgement judgement, Instant now) {
    CertificateReport report = new CertificateReport(judgement, now);
    report.dates();
    report.name();
    report.chain();
    judgement.weak().forEach(clause -> report.add(Sign.BAD, "WEAK", clause));
    return List.copyOf(report.lines);
  }

  /** One line for a certificate that is good: {@code mail.example.org, issued by Example CA R3, valid 61 more days}. */
  public static String summary(CertificateJudgement judgement, Instant now) {
    X509Certificate own = judgement.shown().getFirst();
    return judgement.asked()
        + ", issued by "
        + CertificateNames.shortName(own.getIssuerX500Principal())
        + ", valid "
        + span(Duration.between(now, own.getNotAfter().toInstant()), " more ");
  }

  /** {@code 30 Oct 2026 00:00:01 UTC}. */
  public static String date(Instant instant) {
    return DATE.format(instant);
  }

  private void dates() {
    switch (judgement.validity()) {
      case Validity.Expired(var since) -> add(Sign.BAD, "EXPIRED", date(since) + ", " + ago(since));
      case Validity.NotYet(var from) ->
          add(
              Sign.BAD,
              "NOT YET",
              "valid from " + date(from) + ", in " + span(from) + "; are the clocks right?");
      case Validity.Valid(var until) -> {
        boolean soon = Duration.between(now, until).compareTo(SOON) < 0;
        add(
            soon ? Sign.NOTE : Sign.GOOD,
            "dates",
            "ok, until " + date(until) + ", " + more(until) + (soon ? ": time to renew it" : ""));
      }
    }
  }

  private void name() {
    String asked = judgement.asked();
    switch (judgement.name()) {
      case NameCheck.Fits(var name) ->
          add(
              Sign.GOOD,
              "name",
              "ok, " + asked + (name.equalsIgnoreCase(asked) ? "" : " by " + name));
      case NameCheck.Others(var names) ->
          add(
              Sign.BAD,
              "WRONG NAME",
              (names.isEmpty() ? "it is for no name at all" : "it is for " + some(names))
                  + ", not for "
                  + asked);
      case NameCheck.OnlyCommonName(var common, var names) ->
          add(
              Sign.BAD,
              "WRONG NAME",
              common
                  + " stands only in the common name, where nobody looks any more (RFC 9525); it is for "
                  + (names.isEmpty() ? "no name" : some(names)));
    }
  }

  private void chain() {
    ChainCheck chain = judgement.chain();
    String path = String.join(" < ", chain.names());
    switch (chain.verdict()) {
      case TRUSTED -> add(Sign.GOOD, "chain", "ok, " + path);
      case SELF_SIGNED ->
          add(Sign.BAD, "SELF-SIGNED", "it vouches for itself, and nobody else does");
      case UNKNOWN_AUTHORITY ->
          add(Sign.BAD, "UNKNOWN CA", path + ": the last is an authority that is not trusted here");
      case INCOMPLETE ->
          add(
              Sign.BAD,
              "INCOMPLETE",
              path
                  + " < ?: "
                  + chain.detail()
                  + " was not sent and is not known here; an intermediate certificate is missing, or the authority is"
                  + " a private one");
      case FORGED ->
          add(Sign.BAD, "FORGED", "the signature on " + chain.detail() + " is not by whom it says");
      case UNFIT -> add(Sign.BAD, "UNFIT", path + ": " + chain.detail());
    }
    chain.outOfTime().forEach(this::outOfTime);
    if (!chain.inOrder()) {
      add(
          Sign.NOTE,
          "order",
          "the certificates come out of order, or with others between them; some programs do not find the path");
    }
  }

  private void outOfTime(X509Certificate certificate) {
    String name = CertificateNames.label(certificate) + ", above it in the chain, ";
    if (CertificateJudgement.validity(certificate, now) instanceof Validity.NotYet(var from)) {
      add(Sign.BAD, "NOT YET", name + "is valid from " + date(from) + ", in " + span(from));
    } else {
      Instant since = certificate.getNotAfter().toInstant();
      add(Sign.BAD, "EXPIRED", name + "ended " + date(since) + ", " + ago(since));
    }
  }

  private void add(Sign sign, String word, String text) {
    lines.add(new Line(sign, word, text));
  }

  private static String some(List<String> names) {
    String first = names.stream().limit(NAMES_MAX).collect(Collectors.joining(", "));
    return names.size() > NAMES_MAX
        ? first + " and " + (names.size() - NAMES_MAX) + " more"
        : first;
  }

  private String ago(Instant instant) {
    return span(Duration.between(instant, now), " ") + " ago";
  }

  private String more(Instant instant) {
    return span(Duration.between(now, instant), " more ");
  }

  private String span(Instant future) {
    return span(Duration.between(now, future), " ");
  }

  private static String span(Duration duration, String between) {
    if (duration.toDays() > 0) {
      return count(duration.toDays(), between, "day");
    }
    return duration.toHours() > 0
        ? count(duration.toHours(), between, "hour")
        : count(Math.max(0, duration.toMinutes()), between, "minute");
  }

  private static String count(long number, String between, String unit) {
    return number + between + unit + (number == 1 ? "" : "s");
  }
}
