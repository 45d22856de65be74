package me.ehlo.talk;

import java.net.Inet4Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import me.ehlo.call.Destination;
import me.ehlo.call.Door;

/**
 * What was asked for on the command line.
 *
 * @param door the kind of server it is
 * @param name ours, behind EHLO
 * @param tlsAtOnce whether TLS is begun before anything is typed
 * @param strict whether a certificate that is not good ends it
 * @param family which addresses are tried
 * @param connecting how long a connection may take
 * @param patience how long an answer is awaited
 * @param explains whether answers are explained
 * @param lastStatus whether the shell is told how the last step went
 * @param transcripts the folder where conversations are kept; empty: none is
 * @param transcript the file for this one, if it was named
 */
public record Settings(
    Target target,
    Door door,
    String name,
    boolean tlsAtOnce,
    boolean strict,
    Family family,
    Duration connecting,
    Duration patience,
    boolean explains,
    boolean lastStatus,
    Optional<Path> transcripts,
    Optional<Path> transcript) {

  /** Kinds of addresses. */
  public enum Family {
    ANY,
    IPV4,
    IPV6;

    /** Those that are of this kind, and sockets, which are of none. */
    public List<Destination> of(List<Destination> all) {
      return all.stream()
          .filter(to -> this == ANY || to.address().isEmpty() || this == kind(to))
          .toList();
    }

    /** What is to be told where there are none, and these instead. */
    public String absent(String name, List<Destination> all) {
      return "%s has no %s address, only %s: leave out -%s."
          .formatted(
              name,
              this,
              all.stream()
                  .flatMap(to -> to.address().map(Destination::text).stream())
                  .distinct()
                  .collect(Collectors.joining(", ")),
              this == IPV4 ? "4" : "6");
    }

    static Family kind(Destination to) {
      return to.address().filter(Inet4Address.class::isInstance).isPresent() ? IPV4 : IPV6;
    }

    @Override
    public String toString() {
      return this == IPV4 ? "IPv4" : this == IPV6 ? "IPv6" : "any";
    }
  }
}
