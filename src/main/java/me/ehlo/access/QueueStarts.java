package me.ehlo.access;

import java.util.List;
import java.util.OptionalLong;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Network;
import me.ehlo.mail.StorageFailure;

/**
 * Who may have the queue started before its time (ETRN, RFC 1985), and how it is.
 *
 * @param from the networks of those who may
 */
public record QueueStarts(List<Network> from, Flush flush) {

  /** Makes due what waits for a domain; tells how many recipients that are. */
  @FunctionalInterface
  public interface Flush {
    long start(Domain domain, boolean subdomains) throws StorageFailure;
  }

  public QueueStarts {
    from = List.copyOf(from);
  }

  /** Where nobody may. */
  public static QueueStarts forNobody() {
    return new QueueStarts(List.of(), (_, _) -> 0);
  }

  boolean areFor(String address) {
    return from.stream().anyMatch(network -> network.contains(address));
  }

  OptionalLong start(Domain domain, boolean subdomains) {
    try {
      return OptionalLong.of(flush.start(domain, subdomains));
    } catch (StorageFailure e) {
      return OptionalLong.empty();
    }
  }
}
