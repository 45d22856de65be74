package me.ehlo.check;

import java.net.InetAddress;
import java.util.List;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;

/** Which addresses nobody in the internet can reach, and which names are not the internet's anyway. */
final class Reachability {
  private record Range(Network network, String what) {}

  private static final List<Range>
      RANGES = // IANA's registries of special-purpose addresses (RFC 6890)
      List.of(
              range("127.0.0.0/8", "the loopback of every machine itself"),
              range("::1", "the loopback of every machine itself"),
              range("0.0.0.0/8", "no address of a host"),
              range("::", "no address of a host"),
              range("10.0.0.0/8", "private (RFC 1918)"),
              range("172.16.0.0/12", "private (RFC 1918)"),
              range("192.168.0.0/16", "private (RFC 1918)"),
              range("100.64.0.0/10", "a provider's own (RFC 6598)"),
              range("169.254.0.0/16", "link-local"),
              range("192.0.2.0/24", "for documentation (RFC 5737)"),
              range("198.51.100.0/24", "for documentation (RFC 5737)"),
              range("203.0.113.0/24", "for documentation (RFC 5737)"),
              range("198.18.0.0/15", "for measurements (RFC 2544)"),
              range("224.0.0.0/4", "multicast"),
              range("240.0.0.0/4", "reserved"),
              range("fe80::/10", "link-local"),
              range("fc00::/7", "private (RFC 4193)"),
              range("2001:db8::/32", "for documentation (RFC 3849)"),
              range("ff00::/8", "multicast"));

  // RFC 6761, RFC 6762, RFC 8375, and "internal", which ICANN has set aside.
  private static final List<String> PRIVATE_NAMES =
      List.of("localhost", "test", "local", "internal", "lan", "home.arpa", "corp", "intranet");

  private Reachability() {}

  /** Why nobody outside reaches this address, as a clause; empty: anybody may. */
  static String unreachable(InetAddress address) {
    return RANGES.stream()
        .filter(range -> range.network.contains(address))
        .map(Range::what)
        .findFirst()
        .orElse("");
  }

  /** Whether a name is of a private network, where a private address is right. */
  static boolean isPrivate(Domain domain) {
    String name = "." + domain.ascii();
    return PRIVATE_NAMES.stream().anyMatch(end -> name.endsWith("." + end));
  }

  private static Range range(String text, String what) {
    return switch (Network.parse(text)) {
      case Parsed.Right<Network>(var network) -> new Range(network, what);
      case Parsed.Wrong<Network>(var why) -> throw new IllegalArgumentException(text + ": " + why);
    };
  }
}
