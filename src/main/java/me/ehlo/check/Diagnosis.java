package me.ehlo.check;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import me.ehlo.call.Heard;
import me.ehlo.dns.Dns.Answer;
import me.ehlo.dns.DnsInspection;
import me.ehlo.dns.Dnsbl;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.Parsed;
import me.ehlo.net.Trust;

/**
 * Looks at everything that takes a domain's mail, and judges it.
 *
 * <p>First all is seen, then it is judged: the checks ask nobody. Hosts are called at the same time, a bounded number of them;
 * the addresses of one host, or hosts that share an address, one after the other.
 */
public final class Diagnosis {
  private static final int HOSTS_AT_ONCE = 8;
  private static final int VISITS_MAX = 40;

  private final Visitor visitor;
  private final Names names;
  private final DnsInspection dns;
  private final RandomGenerator random;
  private final Trust trust;
  private final Checks checks;

  /**
   * @param dns the DNS alone: what others see, not our hosts file
   */
  public Diagnosis(Visitor visitor, DnsInspection dns, RandomGenerator random, Trust trust) {
    this.visitor = visitor;
    this.names = new Names(dns);
    this.dns = dns;
    this.random = random;
    this.trust = trust;
    this.checks = new Checks(trust, visitor.ports());
  }

  /** The ids of all checks. */
  public List<String> ids() {
    return checks.ids();
  }

  /** Looks, for as long as it takes, and judges. */
  public Report of(Request request) {
    DomainSeen domain = names.domain(request.domain());
    Inquiry inquiry =
        new Inquiry(
            request.domain().ascii(), request.sender(), request.elsewhere(), request.rcpt());
    List<Visited> visits = visits(domain, inquiry);
    Facts facts =
        new Facts(
            domain,
            visits,
            reverses(visits),
            visits.stream().filter(this::greetsRightly).map(Visited::target).toList(),
            listings(domain, request),
            visitor.clock().instant());
    Table table = new Table(new CertificateCheck(trust), facts.now(), request.rcpt().isPresent());
    return new Report(
        request.domain().text(),
        facts.now(),
        "MX",
        table.columns(),
        table.rows(domain, visits),
        checks.findings(facts, request.only()));
  }

  private List<Visited> visits(DomainSeen domain, Inquiry inquiry) {
    Semaphore places = new Semaphore(HOSTS_AT_ONCE);
    List<CompletableFuture<List<Visited>>> all = new ArrayList<>();
    for (List<Target> machine : machines(domain.targets())) {
      CompletableFuture<List<Visited>> visited = new CompletableFuture<>();
      Thread.ofVirtual()
          .name("check")
          .start(() -> {
            places.acquireUninterruptibly();
            try {
              visited.complete(
                  machine.stream().map(it -> visitor.visit(it, inquiry.plan(random))).toList());
            } finally {
              places.release();
              visited.cancel(false); // of no matter once it is complete; else nobody waits for ever
            }
          });
      all.add(visited);
    }
    return all.stream().flatMap(it -> it.join().stream()).toList();
  }

  /** Targets that share a name or an address are one machine, as far as can be known. */
  private static Collection<List<Target>> machines(List<Target> targets) {
    Map<Object, List<Target>> machines = new HashMap<>();
    List<List<Target>> inOrder = new ArrayList<>();
    for (Target target : targets.stream().distinct().limit(VISITS_MAX).toList()) {
      List<Target> machine =
          Optional.ofNullable(machines.get(target.host()))
              .or(() -> Optional.ofNullable(machines.get(target.address())))
              .orElseGet(() -> {
                List<Target> another = new ArrayList<>();
                inOrder.add(another);
                return another;
              });
      machine.add(target);
      machines.put(target.host(), machine);
      machines.put(target.address(), machine);
    }
    return inOrder;
  }

  private Map<InetAddress, Reverse> reverses(List<Visited> visits) {
    Map<InetAddress, Reverse> reverses = new HashMap<>();
    for (Visited visited : visits) {
      reverses.computeIfAbsent(visited.target().address(), names::reverse);
    }
    return reverses;
  }

  private boolean greetsRightly(Visited visited) {
    return visited
        .greeting()
        .filter(Heard::isGood)
        .map(heard -> Extensions.firstWord(heard.text()))
        .filter(name -> DomainParser.parse(name) instanceof Parsed.Right)
        .filter(name ->
            name.equalsIgnoreCase(visited.target().host())
                || names.leadsTo(name, visited.target().address()))
        .isPresent();
  }

  private List<Listing> listings(DomainSeen domain, Request request) {
    List<Place> places = new ArrayList<>();
    domain.targets().stream().map(Place::of).distinct().forEach(places::add);
    request.own().forEach(address -> places.add(new Place("our own", Optional.of(address))));
    List<Listing> listings = new ArrayList<>();
    for (Domain zone : request.lists()) {
      places.forEach(place -> listings.add(listing(zone, place)));
    }
    return listings;
  }

  private Listing listing(Domain zone, Place place) {
    String name = Dnsbl.reversed(place.address().orElseThrow()) + zone.ascii();
    Answer<InetAddress> codes = dns.ipv4(name);
    boolean listed = codes instanceof Answer.Found;
    String reason =
        listed && dns.texts(name) instanceof Answer.Found<String>(var texts)
            ? texts.getFirst()
            : "";
    return new Listing(zone.ascii(), place, codes, reason);
  }
}
