package me.ehlo.check;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import me.ehlo.dns.Dns.Answer;
import me.ehlo.dns.DnsInspection;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Network;
import me.ehlo.net.Trust;

/** Looks at our own site as others would: its names, its domains, its doors, its certificate. */
public final class SelfDiagnosis {
  private static final int SMTP_PORT = 25;
  private static final int WIDE_4 = 16; // bits; a larger network is nobody's own
  private static final int WIDE_6 = 32;

  private final Visitor visitor;
  private final DnsInspection dns;
  private final Names names;
  private final RandomGenerator random;
  private final Trust trust;

  public SelfDiagnosis(Visitor visitor, DnsInspection dns, RandomGenerator random, Trust trust) {
    this.visitor = visitor;
    this.dns = dns;
    this.names = new Names(dns);
    this.random = random;
    this.trust = trust;
  }

  /** Looks, for as long as it takes, and judges. */
  public Report of(OwnSite site, String elsewhere) {
    List<Finding> findings = new ArrayList<>(hostname(site));
    site.domains().forEach(domain -> findings.addAll(domain(domain, site)));
    findings.addAll(port(site));
    findings.addAll(networks(site));
    List<Visited> visits = site.smtp().stream().map(door -> visit(site, door, elsewhere)).toList();
    Facts facts =
        new Facts(
            names.domain(site.domains().getFirst()),
            visits,
            new HashMap<>(),
            visits.stream().map(Visited::target).toList(),
            List.of(),
            visitor.clock().instant());
    for (Check check :
        List.of(
            new ConnectCheck(),
            new RelayCheck(),
            new GreetingCheck(),
            new EhloCheck(),
            new StartTlsCheck(visitor.ports()),
            new CertificateCheck(trust),
            RecipientChecks.postmaster())) {
      findings.addAll(check.findings(facts));
    }
    site.others().forEach(door -> findings.add(door(site, door)));
    findings.sort(Comparator.comparing(Finding::result));
    return new Report(site.hostname().text(), facts.now(), "door", List.of(), List.of(), findings);
  }

  private List<Finding> hostname(OwnSite site) {
    String name = site.hostname().ascii();
    Place place = Place.of(site.hostname().text());
    if (Reachability.isPrivate(site.hostname()) || name.indexOf('.') < 0) {
      return List.of(
          Finding.warn(
              "hostname",
              place,
              "Our hostname " + name + " is none that others know.",
              "Many servers refuse mail from a server with such a name; on this machine alone it does not matter.",
              "Set hostname to a full name that the DNS has, such as mail.example.org."));
    }
    return switch (dns.addresses(name)) {
      case Answer.Found<InetAddress>(var found) -> leads(place, site, found);
      case Answer.None<InetAddress>(), Answer.NoSuchName<InetAddress>() ->
          List.of(
              Finding.fail(
                  "hostname",
                  place,
                  "Our hostname " + name + " has no address in the DNS.",
                  "Many servers refuse mail from a server with such a name.",
                  "Add an A record for it, or set hostname to the name that this machine has."));
      case Answer.Trouble<InetAddress>(var why) ->
          List.of(Finding.unknown("hostname", place, "The DNS does not tell: " + why + "."));
    };
  }

  private List<Finding> leads(Place place, OwnSite site, List<InetAddress> found) {
    List<Finding> findings = new ArrayList<>();
    if (found.stream().noneMatch(site::has)) {
      findings.add(
          Finding.note(
              "hostname",
              place,
              "Our hostname leads to "
                  + found.getFirst().getHostAddress()
                  + ", no address of this machine.",
              "Behind a router that hands connections on, that is right; else others call somebody else.",
              "See whether " + found.getFirst().getHostAddress() + " is the address others see."));
    }
    for (InetAddress address : found) {
      if (Reachability.unreachable(address).isEmpty()) {
        findings.add(back(place, site, address));
      }
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok("hostname", place, "Our hostname leads to this machine."));
    }
    return findings;
  }

  private Finding back(Place place, OwnSite site, InetAddress address) {
    Reverse reverse = names.reverse(address);
    if (reverse.confirmed().stream().anyMatch(site.hostname().ascii()::equals)) {
      return Finding.ok("rdns", place, address.getHostAddress() + " is called so, too.");
    }
    return reverse.names() instanceof Answer.Trouble<String>(var why)
        ? Finding.unknown("rdns", place, "The DNS does not tell the address's name: " + why + ".")
        : Finding.warn(
            "rdns",
            place,
            address.getHostAddress() + " is not called " + site.hostname() + " (PTR record).",
            "Many servers refuse mail from an address whose name does not fit, or take it for spam.",
            "Ask whoever gives you the address to set its name to " + site.hostname() + ".");
  }

  private List<Finding> domain(Domain domain, OwnSite site) {
    Place place = Place.of(domain.text());
    if (Reachability.isPrivate(domain)) {
      return List.of(
          Finding.skip(
              "mx", place, domain + " is a name of private networks: nobody else knows it."));
    }
    DomainSeen seen = names.domain(domain);
    if (seen.mx() instanceof Answer.Trouble<?>(var why)) {
      return List.of(
          Finding.unknown("mx", place, "The DNS does not tell who takes its mail: " + why + "."));
    }
    boolean ours =
        seen.exchanges().stream()
            .anyMatch(it ->
                it.host().equals(site.hostname().ascii())
                    || it.addresses().stream().anyMatch(site::has));
    if (ours) {
      return List.of(Finding.ok("mx", place, "Its mail is brought to us."));
    }
    String hosts =
        String.join(", ", seen.exchanges().stream().map(DomainSeen.Exchange::host).toList());
    return List.of(
        Finding.warn(
            "mx",
            place,
            hosts.isEmpty()
                ? "We take mail for " + domain + ", and its DNS names nobody who does."
                : "We take mail for " + domain + ", and its DNS brings it to " + hosts + ".",
            "Mail from elsewhere does not come here.",
            "Add: " + domain + ". MX 10 " + site.hostname() + ". (or remove it from domains)."));
  }

  private static List<Finding> port(OwnSite site) {
    Place place = Place.of("listen.smtp");
    if (site.smtp().isEmpty()) {
      return List.of(
          Finding.note(
              "port25",
              place,
              "The door for mail of other servers is closed.",
              "Nobody else can send mail to us.",
              ""));
    }
    boolean local = site.smtp().stream().allMatch(door -> door.getAddress().isLoopbackAddress());
    boolean usual = site.smtp().stream().anyMatch(door -> door.getPort() == SMTP_PORT);
    if (!local && usual) {
      return List.of(Finding.ok("port25", place, "Port 25 is ours."));
    }
    return List.of(
        Finding.note(
            "port25",
            place,
            local
                ? "Only this machine itself reaches the door for mail of other servers."
                : "No door for mail is on port 25.",
            "Other servers cannot send mail to us: they call port 25, and no other.",
            "When it is meant for others: listen.smtp = \"0.0.0.0:25, [::]:25\", or let the firewall lead port 25 there."));
  }

  private static List<Finding> networks(OwnSite site) {
    List<Finding> findings = new ArrayList<>();
    for (Network network : site.relayNetworks()) {
      boolean four = network.first() instanceof Inet4Address;
      boolean wide = network.prefixBits() < (four ? WIDE_4 : WIDE_6);
      if (wide && Reachability.unreachable(network.first()).isEmpty()
          || network.prefixBits() == 0) {
        findings.add(
            Finding.fail(
                "relay-networks",
                Place.of("policy.relay-networks"),
                network
                    + " is larger than any network of one's own: whoever is in it may send through us.",
                "Spam is sent through an open relay within hours.",
                "Name your own networks only; users elsewhere log in on port 587."));
      }
    }
    return findings;
  }

  private Visited visit(OwnSite site, InetSocketAddress door, String elsewhere) {
    Inquiry inquiry =
        new Inquiry(
            site.domains().getFirst().ascii(), Optional.empty(), elsewhere, Optional.empty());
    return visitor
        .at(new Ports(door.getPort(), visitor.ports().submission(), visitor.ports().web()))
        .visit(new Target(0, site.hostname().ascii(), reached(door)), inquiry.plan(random));
  }

  private Finding door(OwnSite site, InetSocketAddress door) {
    Place place = Place.of(door.getAddress().getHostAddress() + ":" + door.getPort());
    return visitor.knocks(new Target(0, site.hostname().ascii(), reached(door)), door.getPort())
        ? Finding.ok("doors", place, "The door is open.")
        : Finding.fail(
            "doors",
            place,
            "Nobody takes a connection at this door.",
            "Users cannot send or read their mail there.",
            "Start the server (ehlo serve); if it runs, see in its log why this door is closed.");
  }

  /** A door on all addresses is reached at loopback. */
  private static InetAddress reached(InetSocketAddress door) {
    return door.getAddress().isAnyLocalAddress()
        ? InetAddress.getLoopbackAddress()
        : door.getAddress();
  }
}
