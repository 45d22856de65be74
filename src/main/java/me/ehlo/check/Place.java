package me.ehlo.check;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * What a finding is about: a domain, a host, or a host at one address.
 *
 * @param name of the domain or host
 */
public record Place(String name, Optional<InetAddress> address) {

  static Place of(String name) {
    return new Place(name, Optional.empty());
  }

  static Place of(Target target) {
    return new Place(target.host(), Optional.of(target.address()));
  }

  /** {@code v4} or {@code v6}; empty: it has no address. */
  String family() {
    return address.map(Place::family).orElse("");
  }

  static String family(InetAddress address) {
    return address instanceof Inet4Address ? "v4" : "v6";
  }

  String addressText() {
    return address.map(InetAddress::getHostAddress).orElse("");
  }
}
