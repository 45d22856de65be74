package me.ehlo.access;

import java.net.Inet4Address;
import java.net.InetAddress;
import me.ehlo.mail.Network;

/**
 * Where a client comes from, as it is counted.
 *
 * <p>Whoever has IPv6 has 2^64 addresses at home and often 2^80, so that an address is counted by its /64, and a network by
 * its /48 (RFC 6177 §2).
 *
 * @param address the IPv4 address, or the IPv6 /64
 * @param network the IPv4 /24, or the IPv6 /48
 */
public record Origin(Network address, Network network) {

  /** Of an address. */
  public static Origin of(InetAddress address) {
    boolean four = address instanceof Inet4Address;
    return new Origin(
        Network.around(address, four ? 32 : 64), Network.around(address, four ? 24 : 48));
  }

  /** Of an IP address written as in {@link me.ehlo.smtp.server.Client}. */
  public static Origin of(String address) {
    return of(InetAddress.ofLiteral(address));
  }
}
