package me.ehlo.check;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import me.ehlo.mime.ReadMail;

/**
 * Looks at a mail that was received, and judges it; nobody is asked.
 *
 * <p>A further check (SPF, DKIM, DMARC) joins by its line here.
 */
public final class MailDiagnosis {
  private static final List<MailCheck> ALL =
      List.of(new SenderFindings(), new HeaderFindings(), new RouteFindings(), new PartFindings());

  private MailDiagnosis() {}

  /** The ids of all checks. */
  public static List<String> ids() {
    return ALL.stream().flatMap(check -> check.ids().stream()).toList();
  }

  /**
   * What is to be told of a mail.
   *
   * @param only ids of checks; empty: all
   */
  public static Explained of(ReadMail mail, Instant now, Set<String> only) {
    Route route = Route.of(mail);
    MailSeen seen = new MailSeen(mail, route);
    List<Finding> findings =
        ALL.stream()
            .flatMap(check -> check.findings(seen).stream())
            .filter(finding -> only.isEmpty() || only.contains(finding.check()))
            .sorted(Comparator.comparing(Finding::result))
            .toList();
    Report report = new Report(mail.text("Message-ID"), now, "", List.of(), List.of(), findings);
    return new Explained(report, mail, route);
  }
}
