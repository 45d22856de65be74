package me.ehlo.access;

import java.net.InetAddress;
import java.util.Optional;

/** Asks whether a client's address has a bad name; answered by the domain name system. */
@FunctionalInterface
public interface Blocklists {

  /** For sites that ask nobody ({@code policy.dnsbl} is empty). */
  Blocklists NONE = _ -> Optional.empty();

  /** Blocks while it asks, for a bounded time; who cannot be asked lists nobody. */
  Optional<Listing> listing(InetAddress client);

  /**
   * Who lists it.
   *
   * @param text why, in the words of whoever keeps the list; may be empty
   */
  record Listing(String zone, String text) {}
}
