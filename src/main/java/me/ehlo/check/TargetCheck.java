package me.ehlo.check;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.ehlo.check.DomainSeen.Exchange;
import me.ehlo.dns.Dns.Answer;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;

/** Whether what the MX records name is a host with addresses that others reach (RFC 5321 §5.1, RFC 2181 §10.3). */
final class TargetCheck implements Check {

  @Override
  public String id() {
    return "target";
  }

  @Override
  public List<Finding> findings(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    if (facts.domain().isImplicit()) {
      return findings; // the check of MX has told it
    }
    for (Exchange exchange : facts.domain().exchanges()) {
      findings.addAll(name(exchange));
      findings.addAll(addresses(exchange, facts.domain()));
    }
    findings.addAll(shared(facts.domain()));
    return findings;
  }

  private List<Finding> name(Exchange exchange) {
    Place place = Place.of(exchange.host());
    if (Network.parse(exchange.host()) instanceof Parsed.Right) {
      return List.of(
          Finding.fail(
              id(),
              place,
              "The MX record names an address, where the name of a host must stand.",
              "Most servers take no notice of it (RFC 5321 §5.1 wants a name).",
              "Give the host a name with an A record, and name that in the MX record."));
    }
    if (DomainParser.parse(exchange.host()) instanceof Parsed.Wrong<?>(var why)) {
      return List.of(
          Finding.fail(
              id(),
              place,
              "The MX record names what cannot be a host: " + why + ".",
              "Nobody can ask for it.",
              "Mend the name."));
    }
    if (exchange.alias() instanceof Answer.Found<String>(var target)) {
      return List.of(
          Finding.warn(
              id(),
              place,
              "The MX record names an alias (CNAME) of " + target.getFirst() + ".",
              "RFC 2181 §10.3 forbids it: some servers refuse to follow it, and mail that names the alias may loop.",
              "Name " + target.getFirst() + " itself in the MX record."));
    }
    return List.of();
  }

  private List<Finding> addresses(Exchange exchange, DomainSeen domain) {
    Place place = Place.of(exchange.host());
    if (Network.parse(exchange.host()) instanceof Parsed.Right) {
      return List.of();
    }
    Optional<String> trouble = trouble(exchange.v4()).or(() -> trouble(exchange.v6()));
    if (!exchange.addresses().isEmpty()) {
      List<Finding> unroutable = unroutable(exchange, domain);
      return unroutable.isEmpty()
          ? List.of(Finding.ok(id(), place, "It has addresses."))
          : unroutable;
    }
    if (trouble.isPresent()) {
      return List.of(
          Finding.unknown(
              id(),
              place,
              "The DNS does not tell its addresses: " + trouble.get() + ".",
              "Look after the name servers of " + exchange.host() + "."));
    }
    return List.of(missing(exchange, place));
  }

  private Finding missing(Exchange exchange, Place place) {
    boolean noName = exchange.v4() instanceof Answer.NoSuchName;
    return Finding.fail(
        id(),
        place,
        noName
            ? "The MX record names a host that is not in the DNS (NXDOMAIN)."
            : "The MX record names a host that has no address (neither A nor AAAA).",
        "Mail is never brought there; if no other MX takes it, it comes back to its senders.",
        noName
            ? "Mend the name in the MX record, or add the host to the DNS."
            : "Add an A record (and AAAA) for it.");
  }

  private static Optional<String> trouble(Answer<InetAddress> answer) {
    return answer instanceof Answer.Trouble<InetAddress>(var why)
        ? Optional.of(why)
        : Optional.empty();
  }

  private List<Finding> unroutable(Exchange exchange, DomainSeen domain) {
    List<Finding> findings = new ArrayList<>();
    for (InetAddress address : exchange.addresses()) {
      String why = Reachability.unreachable(address);
      if (!why.isEmpty()) {
        findings.add(unroutable(exchange, address, why, Reachability.isPrivate(domain.domain())));
      }
    }
    return findings;
  }

  private Finding unroutable(Exchange exchange, InetAddress address, String why, boolean home) {
    Place place = new Place(exchange.host(), Optional.of(address));
    String saw = "Its address " + address.getHostAddress() + " is " + why + ".";
    return home
        ? Finding.note(id(), place, saw, "For the names of a private network that is right.", "")
        : Finding.fail(
            id(),
            place,
            saw,
            "Nobody in the internet reaches it; a sender may even reach a machine of its own.",
            "Put the server's public address into the DNS; a name for inside belongs into a zone of your own.");
  }

  /** Two hosts that are one. */
  private List<Finding> shared(DomainSeen domain) {
    List<Finding> findings = new ArrayList<>();
    List<Exchange> all = domain.exchanges();
    for (int i = 0; i < all.size(); i++) {
      for (Exchange other : all.subList(i + 1, all.size())) {
        String host = all.get(i).host();
        if (!host.equals(other.host())
            && all.get(i).addresses().stream().anyMatch(other.addresses()::contains)) {
          findings.add(
              Finding.note(
                  id(),
                  Place.of(other.host()),
                  "It has an address of " + host + ".",
                  "They look like two servers and are one: when one is away, both are.",
                  "Keep one MX record, unless it is meant so."));
        }
      }
    }
    return findings;
  }
}
