package me.ehlo.check;

import java.net.InetAddress;
import java.util.List;
import me.ehlo.dns.Dns.Answer;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;

/** What the lists of bad senders say that somebody wanted asked (RFC 5782). */
final class ListsCheck implements Check {

  @Override
  public String id() {
    return "dnsbl";
  }

  @Override
  public List<Finding> findings(Facts facts) {
    return facts.listings().stream().map(this::finding).toList();
  }

  private Finding finding(Listing listing) {
    return switch (listing.codes()) {
      case Answer.Found<InetAddress>(var codes) -> found(listing, codes.getFirst());
      case Answer.None<InetAddress>(), Answer.NoSuchName<InetAddress>() ->
          Finding.ok(id(), listing.where(), "Not listed by " + listing.zone() + ".");
      case Answer.Trouble<InetAddress>(var why) ->
          Finding.unknown(id(), listing.where(), listing.zone() + " does not answer: " + why + ".");
    };
  }

  private Finding found(Listing listing, InetAddress code) {
    String said = code.getHostAddress();
    if (said.startsWith("127.255.255.") || !isIn("127.0.0.0/8", code)) {
      return Finding.unknown(
          id(),
          listing.where(),
          listing.zone()
              + " does not answer us ("
              + said
              + "): it is no such list, or wants no questions from here.",
          "Ask through a DNS server of your own; lists refuse the large public ones.");
    }
    String reason = listing.reason().isEmpty() ? "" : ": " + listing.reason();
    return Finding.fail(
        id(),
        listing.where(),
        "Listed by " + listing.zone() + " (" + said + ")" + reason + ".",
        "Servers that ask this list refuse mail from this address.",
        "Find and end what it was listed for, then ask the list to remove it.");
  }

  private static boolean isIn(String network, InetAddress address) {
    return Network.parse(network) instanceof Parsed.Right<Network>(var range)
        && range.contains(address);
  }
}
