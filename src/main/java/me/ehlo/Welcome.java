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
 */
record Welcome(
    List<Domain> domains,
    List<InetSocketAddress> smtp,
    List<InetSocketAddress> pop3,
    String keptIn) {

  /** The lines; the last is {@code ready}. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Ehlo takes mail for "
            + domains.stream().map(Domain::text).collect(Collectors.joining(", ")));
    smtp.forEach(address -> lines.add("  SMTP  " + shown(address)));
    pop3.forEach(address -> lines.add("  POP3  " + shown(address)));
    lines.add("  kept  " + keptIn);
    lines.add("Next, in another terminal:");
    lines.add("  ehlo user add ann@" + domains.getLast());
    smtp.stream().findFirst().ifPresent(address -> lines.add("  telnet " + typed(address)));
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
    return host + " " + address.getPort();
  }
}
