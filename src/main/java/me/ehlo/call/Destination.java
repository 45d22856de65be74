package me.ehlo.call;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A server at one address: that of a host and its port, or that of a socket in the file system of this machine.
 *
 * @param name the name that its certificate should have: the host's, or the address as it was given
 * @param where an {@link InetSocketAddress} or a {@link UnixDomainSocketAddress}
 */
public record Destination(String name, SocketAddress where) {

  /** Two or more fields that are zero, with the colons around them. */
  private static final Pattern ZEROS = Pattern.compile("(?:^|:)0(?::0)+(?::|$)");

  public Destination(String name, InetAddress address, int port) {
    this(name, new InetSocketAddress(address, port));
  }

  /** Whoever listens at this socket; its name is that of this machine for itself, {@code localhost}. */
  public static Destination of(Path socket) {
    return new Destination("localhost", UnixDomainSocketAddress.of(socket));
  }

  /** As people read it: {@code 192.0.2.25:25}, {@code [2001:db8::25]:25}, {@code /run/dovecot/lmtp}. */
  public String shown() {
    return address()
        .map(address -> bracketed(address) + ":" + port())
        .or(() -> socket().map(Path::toString))
        .orElseGet(where::toString);
  }

  /** The host's address; empty: it is a socket in the file system. */
  public Optional<InetAddress> address() {
    return where instanceof InetSocketAddress host
        ? Optional.ofNullable(host.getAddress())
        : Optional.empty();
  }

  /** The host's port; 0: it is a socket in the file system. */
  public int port() {
    return where instanceof InetSocketAddress host ? host.getPort() : 0;
  }

  /** The socket in the file system; empty: it is a host. */
  public Optional<Path> socket() {
    return where instanceof UnixDomainSocketAddress socket
        ? Optional.of(socket.getPath())
        : Optional.empty();
  }

  /** Whether nobody but this machine sees what is said. */
  public boolean isHere() {
    return socket().isPresent() || address().filter(InetAddress::isLoopbackAddress).isPresent();
  }

  /** The same host, at another port. */
  public Destination at(int port) {
    return new Destination(name, address().orElseGet(InetAddress::getLoopbackAddress), port);
  }

  private static String bracketed(InetAddress address) {
    return address instanceof Inet6Address ? "[" + text(address) + "]" : text(address);
  }

  /** An address as people read it; of IPv6, the longest run of zeros is left out (RFC 5952 §4). */
  public static String text(InetAddress address) {
    if (address instanceof Inet6Address) {
      String full = address.getHostAddress();
      String run =
          ZEROS
              .matcher(full)
              .results()
              .map(MatchResult::group)
              .max(Comparator.comparingInt(String::length))
              .orElse("");
      return run.isEmpty() ? full : full.replaceFirst(Pattern.quote(run), "::");
    }
    return address.getHostAddress();
  }
}
