package me.ehlo.check;

import java.util.List;
import java.util.function.Predicate;
import me.ehlo.check.DomainSeen.Exchange;
import me.ehlo.dns.Dns.Answer;

/** Whether senders that have nothing but IPv6, or nothing but IPv4, find a host. */
final class Ipv6Check implements Check {

  @Override
  public String id() {
    return "ipv6";
  }

  @Override
  public List<Finding> findings(Facts facts) {
    DomainSeen domain = facts.domain();
    boolean four = any(domain, it -> it.v4() instanceof Answer.Found);
    boolean six = any(domain, it -> it.v6() instanceof Answer.Found);
    if (!four && !six) {
      return List.of(Finding.skip(id(), domain.place(), "There is no host with an address."));
    }
    if (!four) {
      return List.of(
          Finding.warn(
              id(),
              domain.place(),
              "No host has an IPv4 address.",
              "Senders without IPv6, and they are many, cannot send to it.",
              "Add an A record to one of the hosts."));
    }
    if (any(domain, it -> it.v6() instanceof Answer.Trouble)) {
      return List.of(
          Finding.note(
              id(),
              domain.place(),
              "The name servers do not answer when they are asked for IPv6 addresses (AAAA).",
              "Senders wait for them, and some give up although there is an IPv4 address.",
              "Mend the name server: a name without AAAA is answered with no records, not with silence."));
    }
    return List.of(
        six
            ? Finding.ok(id(), domain.place(), "There are hosts with IPv6 and with IPv4.")
            : Finding.note(
                id(),
                domain.place(),
                "No host has an IPv6 address.",
                "All who have IPv4 reach it, and that is nearly everybody.",
                "Nothing, or an AAAA record for a host that listens on it."));
  }

  private static boolean any(DomainSeen domain, Predicate<Exchange> condition) {
    return domain.exchanges().stream().anyMatch(condition);
  }
}
