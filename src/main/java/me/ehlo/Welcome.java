package me.ehlo;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import me.ehlo.mail.Domain;

/**
 * What {@code ehlo serve} says when its doors are open: where it listens, where mail is kept, what to type next.
 *
 * @param keptIn a folder, or the name of a database
 * @param selfSigned whether the certificate is one of our own making
 */
record Welcome(List<Domain> domains, List<Door> doors, String keptIn, boolean selfSigned) {
  private static final String LINE = "  %-20s  %s";

  /** An open door: what people know it as, and where it is. */
  record Door(String what, InetSocketAddress address) {}

  /** The lines; the last is {@code ready}. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Ehlo takes mail for "
            + domains.stream().map(Domain::text).collect(Collectors.joining(", ")));
    doors.forEach(door -> lines.add(LINE.formatted(door.what, shown(door.address))));
    lines.add(LINE.formatted("kept", keptIn));
    if (selfSigned) {
      lines.add(LINE.formatted("certificate", "self-signed; tls.certificate names a better one"));
    }
    lines.add("Next, in another terminal:");
    lines.add("  ehlo user add ann@" + domains.getLast());
    doors.stream()
        .filter(door -> door.what.equals(Doors.SMTP))
        .findFirst()
        .ifPresent(door -> lines.add("  ehlo talk " + typed(door.address)));
    lines.add("ready");
    return lines;
  }

  private static String shown(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private static String typed(InetSocketAddress address) {
    String host =
        address.getAddress().isAnyLocalAddress()
            ? "localhost"
            : address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
