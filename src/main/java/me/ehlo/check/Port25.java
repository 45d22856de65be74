package me.ehlo.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.ehlo.check.Report.Cell;
import me.ehlo.check.Report.Row;
import me.ehlo.dns.Dns.Answer;
import me.ehlo.dns.DnsInspection;

/**
 * Whether this machine may call others on port 25, with control experiments: other ports of the same hosts.
 *
 * <p>Without hosts to probe nobody is called: only this machine is looked at.
 */
public final class Port25 {
  /** Large mail hosts that answer anybody on port 25; asked only where somebody has said --probe. */
  public static final List<String> WELL_KNOWN =
      List.of("gmail-smtp-in.l.google.com", "mta5.am0.yahoodns.net", "mx01.mail.icloud.com");

  /** A host that answers on port 443, for those that have nothing but port 25. */
  public static final String CONTROL = "www.google.com";

  private static final List<String> COLUMNS = List.of("connect", "greeting", "starttls");
  private static final InetAddress SOMEWHERE_4 = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress SOMEWHERE_6 = InetAddress.ofLiteral("2001:db8::1");

  private final Visitor visitor;
  private final DnsInspection dns;

  public Port25(Visitor visitor, DnsInspection dns) {
    this.visitor = visitor;
    this.dns = dns;
  }

  /** What can be told without calling anybody. */
  public Report unprobed() {
    List<Finding> findings = new ArrayList<>();
    for (InetAddress somewhere : List.of(SOMEWHERE_4, SOMEWHERE_6)) {
      String family = "IP" + Place.family(somewhere);
      Place place = Place.of("out, " + family);
      findings.add(
          leaves(somewhere)
              .map(here ->
                  Finding.unknown(
                      "port25",
                      place,
                      "This machine has a way out, from "
                          + here
                          + ". Whether port 25 is open on it only a try shows.",
                      "ehlo check --port25 --probe calls port 25 of three well-known servers ("
                          + String.join(", ", WELL_KNOWN)
                          + "), says EHLO and QUIT, and no more; --probe=HOST,... calls those instead."))
              .orElseGet(() ->
                  Finding.skip("port25", place, "This machine has no way out by " + family + ".")));
    }
    return new Report(
        "port 25", visitor.clock().instant(), "out", COLUMNS, List.of(), sorted(findings));
  }

  /**
   * Calls these hosts.
   *
   * @param control called on its web port where nothing else of a family answers; empty: nobody
   */
  public Report probed(List<String> hosts, Optional<String> control) {
    List<Row> rows = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (boolean six : new boolean[] {false, true}) {
      List<Visited> visits = new ArrayList<>();
      for (String host : hosts) {
        first(host, six).map(this::visit).ifPresent(visits::add);
      }
      Optional<Boolean> alive =
          control.filter(_ -> isNeeded(visits)).map(host -> answers(host, six));
      visits.forEach(visited -> rows.addAll(rows(visited)));
      findings.add(new Outgoing(six ? "IPv6" : "IPv4", visits, alive.orElse(false)).finding());
    }
    return new Report("port 25", visitor.clock().instant(), "out", COLUMNS, rows, sorted(findings));
  }

  private static List<Finding> sorted(List<Finding> findings) {
    return findings.stream().sorted((a, b) -> a.result().compareTo(b.result())).toList();
  }

  private Visited visit(Target target) {
    return visitor.visit(target, Plan.GREET_ONLY);
  }

  private Optional<Target> first(String host, boolean six) {
    return (six ? dns.ipv6(host) : dns.ipv4(host)) instanceof Answer.Found<InetAddress>(var found)
        ? Optional.of(new Target(0, host, found.getFirst()))
        : Optional.empty();
  }

  private static boolean isNeeded(List<Visited> visits) {
    return visits.stream().noneMatch(visited -> visited.reach().isConnected());
  }

  private boolean answers(String host, boolean six) {
    return first(host, six)
        .map(target -> visitor.knocks(target, visitor.ports().web()))
        .orElse(false);
  }

  private List<Row> rows(Visited visited) {
    List<Row> rows = new ArrayList<>();
    rows.add(
        new Row(
            title(visited, visitor.ports().smtp()),
            visited.place(),
            List.of(
                Outgoing.connect(visited.reach()),
                Outgoing.greeting(visited),
                Outgoing.startTls(visited))));
    visited
        .doors()
        .forEach((port, knock) ->
            rows.add(
                new Row(
                    title(visited, port),
                    visited.place(),
                    List.of(Outgoing.connect(knock.reach()), Cell.NOT_REACHED, Cell.NOT_REACHED))));
    return rows;
  }

  private static String title(Visited visited, int port) {
    return "IP" + visited.place().family() + " " + visited.target().host() + ":" + port;
  }

  /** Our address on the way there; connecting a datagram socket sends nothing. */
  private static Optional<String> leaves(InetAddress somewhere) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(somewhere, 25));
      InetAddress here = socket.getLocalAddress();
      return here.isAnyLocalAddress() ? Optional.empty() : Optional.of(here.getHostAddress());
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
