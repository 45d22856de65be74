package me.ehlo.check;

import java.util.List;
import me.ehlo.check.DomainSeen.Exchange;

/** Whether another host takes the mail when one is away. */
final class SpareCheck implements Check {

  @Override
  public String id() {
    return "backup";
  }

  @Override
  public List<Finding> findings(Facts facts) {
    DomainSeen domain = facts.domain();
    List<String> hosts =
        domain.exchanges().stream()
            .filter(exchange -> !exchange.addresses().isEmpty())
            .map(Exchange::host)
            .distinct()
            .toList();
    return switch (hosts.size()) {
      case 0 -> List.of(Finding.skip(id(), domain.place(), "There is no host."));
      case 1 ->
          List.of(
              Finding.note(
                  id(),
                  domain.place(),
                  hosts.getFirst() + " is the only host.",
                  "While it is away mail waits at its senders, for four or five days at most.",
                  "For most that is enough; a second host must know the same users and reject the same."));
      default -> List.of(Finding.ok(id(), domain.place(), hosts.size() + " hosts."));
    };
  }
}
