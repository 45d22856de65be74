package me.ehlo;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import me.ehlo.config.Config;

/** What {@code ehlo serve} says when its doors are open: where it listens, where mail is kept, what to type next. */
record Welcome(Config config, List<InetSocketAddress> smtp, List<InetSocketAddress> pop3) {

  /** The lines; the last is {@code ready}. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Ehlo takes mail for " + String.join(", ", domains()));
    smtp.forEach(address -> lines.add("  SMTP    " + shown(address)));
    pop3.forEach(address -> lines.add("  POP3    " + shown(address)));
    lines.add("  mail is kept in " + (config.store().embedded() ? config.data() : "PostgreSQL"));
    lines.add("Next, in another terminal:");
    lines.add("  ehlo user add ann@" + config.domains().getLast());
    smtp.stream().findFirst().ifPresent(address -> lines.add("  telnet " + typed(address)));
    lines.add("ready");
    return lines;
  }

  private List<String> domains() {
    return config.domains().stream().map(Object::toString).toList();
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
