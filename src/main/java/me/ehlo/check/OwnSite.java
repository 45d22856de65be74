package me.ehlo.check;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Network;

/**
 * What our own configuration says of us.
 *
 * @param smtp the doors for mail of other servers
 * @param others all other doors
 * @param relayNetworks who may send to other sites without a password
 * @param addresses those of this machine
 */
public record OwnSite(
    Domain hostname,
    List<Domain> domains,
    List<InetSocketAddress> smtp,
    List<InetSocketAddress> others,
    List<Network> relayNetworks,
    List<InetAddress> addresses) {
  public OwnSite {
    domains = List.copyOf(domains);
    smtp = List.copyOf(smtp);
    others = List.copyOf(others);
    relayNetworks = List.copyOf(relayNetworks);
    addresses = List.copyOf(addresses);
  }

  boolean has(InetAddress address) {
    return address.isLoopbackAddress() || addresses.contains(address);
  }
}
