package me.ehlo.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Supplier;

/** Knows this server when it meets itself (RFC 5321 §5.1: never deliver to ourselves by MX). */
public final class Self {
  private final String hostname;
  private final Supplier<Collection<InetSocketAddress>> doors;

  /**
   * Makes one.
   *
   * @param hostname of A-labels, as we say it in the greeting
   * @param doors where we take mail by SMTP, asked for at each question; a wildcard address is every address of this machine
   */
  public Self(String hostname, Supplier<Collection<InetSocketAddress>> doors) {
    this.hostname = hostname.toLowerCase(Locale.ROOT);
    this.doors = doors;
  }

  /** Whether an MX record that names this host names us. */
  boolean isName(String host) {
    return hostname.equals(host);
  }

  /** Whether whoever connects there speaks with us. */
  boolean isDoor(InetSocketAddress address) {
    return doors.get().stream()
        .filter(door -> door.getPort() == address.getPort())
        .anyMatch(door -> leadsTo(address.getAddress(), door.getAddress()));
  }

  private static boolean leadsTo(InetAddress address, InetAddress door) {
    // To connect to the wildcard address is to connect to this machine.
    return address.equals(door)
        || address.isAnyLocalAddress()
        || door.isAnyLocalAddress() && isOfThisMachine(address);
  }

  private static boolean isOfThisMachine(InetAddress address) {
    try {
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false; // nobody can tell; a loop would end after a hundred Received fields
    }
  }
}
