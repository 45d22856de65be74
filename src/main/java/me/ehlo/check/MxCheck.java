package me.ehlo.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import me.ehlo.dns.Dns.Answer;
import me.ehlo.dns.Dns.Mx;

/** Whether the DNS says who takes the domain's mail (RFC 5321 §5.1, RFC 7505). */
final class MxCheck implements Check {

  @Override
  public String id() {
    return "mx";
  }

  @Override
  public List<Finding> findings(Facts facts) {
    DomainSeen domain = facts.domain();
    return switch (domain.mx()) {
      case Answer.Found<Mx>(var records) -> found(domain, records);
      case Answer.None<Mx>() -> List.of(implicit(domain));
      case Answer.NoSuchName<Mx>() ->
          List.of(
              Finding.fail(
                  id(),
                  domain.place(),
                  "There is no such domain in the DNS (NXDOMAIN).",
                  "Mail for it is refused at once by every server, and so is mail from it by many.",
                  "Check the spelling; else register the domain, or mend its delegation."));
      case Answer.Trouble<Mx>(var why) ->
          List.of(
              Finding.unknown(
                  id(),
                  domain.place(),
                  "The DNS does not say who takes its mail: " + why + ".",
                  "Look after the domain's name servers. While they are silent its mail waits at the senders."));
    };
  }

  private Finding implicit(DomainSeen domain) {
    boolean hasAddress = domain.exchanges().stream().anyMatch(it -> !it.addresses().isEmpty());
    boolean trouble =
        domain.exchanges().stream()
            .anyMatch(it -> it.v4() instanceof Answer.Trouble || it.v6() instanceof Answer.Trouble);
    if (!hasAddress && trouble) {
      return Finding.unknown(
          id(),
          domain.place(),
          "There is no MX record, and the DNS does not tell the domain's addresses.");
    }
    return hasAddress
        ? Finding.note(
            id(),
            domain.place(),
            "There is no MX record: mail goes to the address of the domain itself.",
            "That is allowed (RFC 5321 §5.1); who looks for an MX record alone does not find you.",
            "Say it: " + domain.domain() + ". MX 10 " + domain.domain() + ".")
        : Finding.fail(
            id(),
            domain.place(),
            "The domain has neither an MX record nor an address.",
            "Nobody can send mail to it.",
            "Add an MX record that names your mail server; or say that there is none: MX 0 . (RFC 7505).");
  }

  private List<Finding> found(DomainSeen domain, List<Mx> records) {
    boolean someNull = records.stream().anyMatch(mx -> mx.exchange().isEmpty());
    boolean allNull = records.stream().allMatch(mx -> mx.exchange().isEmpty());
    if (allNull) {
      return List.of(
          Finding.note(
              id(),
              domain.place(),
              "The domain says that it takes no mail (null MX, RFC 7505).",
              "Senders are told at once. Mail from it is refused by many too.",
              "If mail is wanted, put an MX record with your mail server in its place."));
    }
    List<Finding> findings = new ArrayList<>();
    if (someNull) {
      findings.add(
          Finding.fail(
              id(),
              domain.place(),
              "A null MX (\".\") stands beside MX records of hosts.",
              "RFC 7505 §3 forbids it; some servers take it that you want no mail at all.",
              "Remove the record \"MX ... .\"."));
    }
    twice(records).forEach(host -> findings.add(twice(domain, host)));
    if (findings.isEmpty()) {
      String count = records.size() == 1 ? "1 MX record" : records.size() + " MX records";
      findings.add(Finding.ok(id(), domain.place(), count + "."));
    }
    return findings;
  }

  private Finding twice(DomainSeen domain, String host) {
    return Finding.warn(
        id(),
        domain.place(),
        host + " has two MX records.",
        "It looks like two servers and is one: no mail is safer for it.",
        "Keep one of them.");
  }

  private static List<String> twice(List<Mx> records) {
    return records.stream()
        .filter(mx -> !mx.exchange().isEmpty())
        .collect(Collectors.groupingBy(Mx::exchange, Collectors.counting()))
        .entrySet()
        .stream()
        .filter(count -> count.getValue() > 1)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
