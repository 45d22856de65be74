package me.ehlo.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import me.ehlo.net.Trust;

/**
 * All checks of a domain's mail, those first whose failures matter most.
 *
 * <p>A further one (SPF, DKIM, DMARC, MTA-STS, DANE) joins by its line here; what it looks at becomes a part of {@link Facts}.
 */
final class Checks {
  private final List<Check> all;

  Checks(Trust trust, Ports ports) {
    all =
        List.of(
            new MxCheck(),
            new TargetCheck(),
            new ConnectCheck(),
            new RelayCheck(),
            new GreetingCheck(),
            new EhloCheck(),
            new StartTlsCheck(ports),
            new CertificateCheck(trust),
            RecipientChecks.rcpt(),
            new ExtensionsCheck(),
            RecipientChecks.nullSender(),
            RecipientChecks.postmaster(),
            RecipientChecks.catchAll(),
            new ListsCheck(),
            new ReverseCheck(),
            new SpareCheck(),
            new Ipv6Check());
  }

  List<String> ids() {
    return all.stream().map(Check::id).toList();
  }

  /** What they find, the most important first. */
  List<Finding> findings(Facts facts, Set<String> only) {
    List<Finding> findings = new ArrayList<>();
    for (Check check : all) {
      if (only.isEmpty() || only.contains(check.id())) {
        findings.addAll(check.findings(facts));
      }
    }
    findings.sort(
        Comparator.comparing(Finding::result)); // a stable one: the order of the checks stays
    return findings;
  }
}
