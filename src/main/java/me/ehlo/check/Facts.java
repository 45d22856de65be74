package me.ehlo.check;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that was seen of a domain's mail: what the checks judge.
 *
 * @param reverses by address, of each that was visited
 * @param greetedRightly the targets whose greeting has a name that leads to them
 * @param listings what the lists that were asked say of each address
 * @param now when it was looked
 */
record Facts(
    DomainSeen domain,
    List<Visited> visits,
    Map<InetAddress, Reverse> reverses,
    List<Target> greetedRightly,
    List<Listing> listings,
    Instant now) {
  Facts {
    visits = List.copyOf(visits);
    reverses = Map.copyOf(reverses);
    greetedRightly = List.copyOf(greetedRightly);
    listings = List.copyOf(listings);
  }

  /** The conversations that came so far that mail could be spoken of. */
  List<Visited> introduced() {
    return visits.stream().filter(Visited::isIntroduced).toList();
  }
}
