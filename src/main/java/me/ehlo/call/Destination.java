package me.ehlo.call;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A server at one address.
 *
 * @param name the name that its certificate should have: the host's, or the address as it was given
 */
public record Destination(String name, InetSocketAddress address) {

  public Destination(String name, InetAddress address, int port) {
    this(name, new InetSocketAddress(address, port));
  }

  /** As people read it: {@code 192.0.2.25:25}, {@code [2001:db8::25]:25}. */
  public String shown() {
    return text(address.getAddress()) + ":" + address.getPort();
  }

  /** The same host, at another port. */
  public Destination at(int port) {
    return new Destination(name, address.getAddress(), port);
  }

  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? "[" + text + "]" : text;
  }
}
