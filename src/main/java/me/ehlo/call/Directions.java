package me.ehlo.call;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import me.ehlo.dns.Dns;
import me.ehlo.dns.Dns.Answer;
import me.ehlo.dns.MailHosts;
import me.ehlo.dns.MxLookup;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;

/** Finds the addresses of a host by its name, and the hosts that take a domain's mail. Blocks while it asks. */
public final class Directions {
  private final Dns names;
  private final MxLookup mx;

  /**
   * @param names knows hosts that have been named by a person: the hosts file, then the DNS
   * @param mx asks the DNS alone
   */
  public Directions(Dns names, MxLookup mx) {
    this.names = names;
    this.mx = mx;
  }

  /** Where to. */
  public sealed interface Way {

    /** To these, in the order in which they are tried; at least one. */
    record To(List<Destination> destinations) implements Way {
      public To {
        destinations = List.copyOf(destinations);
      }
    }

    /** To nobody: a sentence says why. */
    record Nowhere(String why, boolean forNow) implements Way {}
  }

  /** The addresses of a host: its name, or an address, perhaps in the brackets of an address literal. */
  public Way host(String host, int port) {
    String bare = bare(host);
    if (Network.parse(bare) instanceof Parsed.Right) {
      return new Way.To(List.of(new Destination(host, InetAddress.ofLiteral(bare), port)));
    }
    if (!(DomainParser.parse(host) instanceof Parsed.Right<Domain>(var domain))) {
      return new Way.Nowhere("\"" + host + "\" is no name of a host, and no address.", false);
    }
    return switch (names.addresses(domain.ascii())) {
      case Answer.Found<InetAddress>(var found) ->
          new Way.To(found.stream().map(it -> new Destination(host, it, port)).toList());
      case Answer.None<InetAddress>() ->
          new Way.Nowhere(host + " exists in the DNS and has no address (A, AAAA).", false);
      case Answer.NoSuchName<InetAddress>() ->
          new Way.Nowhere("There is no " + host + " in the DNS.", false);
      case Answer.Trouble<InetAddress>(var why) ->
          new Way.Nowhere("The DNS does not say where " + host + " is: " + why + ".", true);
    };
  }

  /** The hosts that take mail for a domain, the best first (RFC 5321 §5.1). */
  public Way domain(Domain domain, int port) {
    return switch (mx.hosts(domain)) {
      case MailHosts.Hosts(var hosts) -> new Way.To(all(hosts, port));
      case MailHosts.NullMx() ->
          new Way.Nowhere(domain + " says that it takes no mail (null MX, RFC 7505).", false);
      case MailHosts.NoSuchDomain() ->
          new Way.Nowhere("There is no " + domain + " in the DNS.", false);
      case MailHosts.NoAddress() ->
          new Way.Nowhere("No host that takes mail for " + domain + " has an address.", false);
      case MailHosts.Trouble(var why) ->
          new Way.Nowhere("The DNS does not say who takes mail for " + domain + ": " + why, true);
    };
  }

  private static List<Destination> all(List<MailHosts.Host> hosts, int port) {
    List<Destination> all = new ArrayList<>();
    for (MailHosts.Host host : hosts) {
      host.addresses().forEach(address -> all.add(new Destination(host.name(), address, port)));
    }
    return all;
  }

  private static String bare(String host) {
    boolean literal = host.startsWith("[") && host.endsWith("]");
    String inside = literal ? host.substring(1, host.length() - 1) : host;
    return inside.regionMatches(true, 0, "IPv6:", 0, 5) ? inside.substring(5) : inside;
  }
}
