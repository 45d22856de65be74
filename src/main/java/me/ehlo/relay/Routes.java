package me.ehlo.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.ehlo.dns.Dns;
import me.ehlo.dns.Dns.Answer;
import me.ehlo.dns.MailHosts;
import me.ehlo.dns.MxLookup;
import me.ehlo.mail.AddressLiteral;
import me.ehlo.mail.Cause;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Host;
import me.ehlo.mail.Reason;
import me.ehlo.relay.NextHop.Peer;
import me.ehlo.relay.NextHop.TlsDemand;

/**
 * Where mail goes from here: nowhere when the domain is ours; by the most special of the site's routes that is for it; by the
 * smart host if there is one; to the address in an address literal; else where the DNS says.
 */
public final class Routes implements Routing {
  private static final String IPV6_TAG = "IPv6:";
  private static final InetAddress BROADCAST = InetAddress.ofLiteral("255.255.255.255");

  private final Set<Domain> ours;
  private final List<Route> routes;
  private final Way otherwise;
  private final int port;
  private final Self self;
  private final Dns hosts;
  private final MxLookup mx;

  /**
   * Makes them.
   *
   * @param routes for some domains; which of them is written first does not matter
   * @param otherwise for all others: the smart host, or {@link Way.ByDns}
   * @param port of the hosts that the DNS or an address literal names
   * @param hosts tells the addresses of the servers that the routes name
   */
  public Routes(
      Set<Domain> ours,
      List<Route> routes,
      Way otherwise,
      int port,
      Self self,
      Dns hosts,
      MxLookup mx) {
    this.ours = Set.copyOf(ours);
    this.routes = List.copyOf(routes);
    this.otherwise = otherwise;
    this.port = port;
    this.self = self;
    this.hosts = hosts;
    this.mx = mx;
  }

  @Override
  public String lane(Host host) {
    return switch (host) {
      case Domain domain when ours.contains(domain) -> domain.ascii();
      case Domain domain -> lane(way(domain), domain.ascii());
      case AddressLiteral literal -> lane(otherwise, literal.toString());
    };
  }

  @Override
  public NextHop nextHop(Host host) {
    return switch (host) {
      case Domain domain when ours.contains(domain) -> new NextHop.Ours();
      case Domain domain ->
          switch (way(domain)) {
            case Way.ByServer server -> toServer(domain, server);
            case Way.ByDns(var tls) -> byDns(domain, tls);
          };
      case AddressLiteral literal ->
          switch (otherwise) {
            case Way.ByServer server -> toServer(literal, server);
            case Way.ByDns(var tls) -> toLiteral(literal, tls);
          };
    };
  }

  private static String lane(Way way, String own) {
    return way instanceof Way.ByServer server ? server.lane() : own;
  }

  private Way way(Domain domain) {
    Optional<Route> best = Optional.empty();
    for (Route route : routes) {
      if (route.isFor(domain) && best.map(route::isMoreSpecialThan).orElse(true)) {
        best = Optional.of(route);
      }
    }
    return best.map(Route::way).orElse(otherwise);
  }

  private NextHop toServer(Host host, Way.ByServer server) {
    // Whatever is wrong with a route of ours can be put right here, so no mail fails for it.
    return switch (hosts.addresses(server.name())) {
      case Answer.Found<InetAddress>(var addresses) -> toServer(host, server, addresses);
      case Answer.None<InetAddress>(), Answer.NoSuchName<InetAddress>() ->
          nowhere(RouteReasons.SERVER_UNKNOWN, server.name(), host);
      case Answer.Trouble<InetAddress>(var why) ->
          nowhere(RouteReasons.SERVER_TROUBLE, server.name(), host, why);
    };
  }

  private NextHop toServer(Host host, Way.ByServer server, List<InetAddress> addresses) {
    List<Peer> peers =
        addresses.stream()
            .map(address -> new InetSocketAddress(address, server.port()))
            .filter(address -> !self.isDoor(address))
            .map(address -> new Peer(server.name(), address, server.tls(), server.login()))
            .toList();
    return peers.isEmpty()
        ? nowhere(RouteReasons.ROUTE_TO_US, server.name(), host)
        : new NextHop.Servers(peers);
  }

  private NextHop toLiteral(AddressLiteral literal, TlsDemand tls) {
    String text = literal.text();
    boolean tagged = text.regionMatches(true, 0, IPV6_TAG, 0, IPV6_TAG.length());
    InetAddress address = InetAddress.ofLiteral(tagged ? text.substring(IPV6_TAG.length()) : text);
    List<Peer> peers = peers(literal.toString(), List.of(address), tls);
    if (!peers.isEmpty()) {
      return new NextHop.Servers(peers);
    }
    return nowhere(
        isOneHost(address) ? RouteReasons.LOOPS_BACK : RouteReasons.NO_MAIL_HOST, literal);
  }

  private NextHop byDns(Domain domain, TlsDemand tls) {
    return switch (mx.hosts(domain)) {
      case MailHosts.Hosts(var found) -> toHosts(domain, found, tls);
      case MailHosts.NullMx() -> nowhere(RouteReasons.NULL_MX, domain);
      case MailHosts.NoSuchDomain() -> nowhere(RouteReasons.NO_SUCH_DOMAIN, domain);
      case MailHosts.NoAddress() -> nowhere(RouteReasons.NO_MAIL_HOST, domain);
      case MailHosts.Trouble(var why) -> nowhere(RouteReasons.DNS_TROUBLE, domain, why);
    };
  }

  /** RFC 5321 §5.1: where we are among the hosts, only those are tried that are preferred to us. */
  private NextHop toHosts(Domain domain, List<MailHosts.Host> found, TlsDemand tls) {
    int ourPreference =
        found.stream()
            .filter(this::isSelf)
            .mapToInt(MailHosts.Host::preference)
            .min()
            .orElse(Integer.MAX_VALUE);
    List<Peer> peers = new ArrayList<>();
    for (MailHosts.Host host : found) {
      if (host.preference() < ourPreference) {
        peers.addAll(peers(host.name(), host.addresses(), tls));
      }
    }
    if (!peers.isEmpty()) {
      return new NextHop.Servers(peers);
    }
    return ourPreference < Integer.MAX_VALUE
        ? nowhere(RouteReasons.LOOPS_BACK, domain)
        : nowhere(RouteReasons.NO_MAIL_HOST, domain);
  }

  private boolean isSelf(MailHosts.Host host) {
    return self.isName(host.name())
        || host.addresses().stream()
            .anyMatch(address -> self.isDoor(new InetSocketAddress(address, port)));
  }

  private List<Peer> peers(String name, List<InetAddress> addresses, TlsDemand tls) {
    return addresses.stream()
        .filter(Routes::isOneHost)
        .map(address -> new InetSocketAddress(address, port))
        .filter(address -> !self.isDoor(address))
        .map(address -> new Peer(name, address, tls, Optional.empty()))
        .toList();
  }

  /** The wildcard address would be this machine, and many hosts at once are no server. */
  private static boolean isOneHost(InetAddress address) {
    return !address.isAnyLocalAddress()
        && !address.isMulticastAddress()
        && !address.equals(BROADCAST);
  }

  private static NextHop nowhere(Reason reason, Object... values) {
    return new NextHop.Nowhere(Cause.of(reason, values));
  }
}
