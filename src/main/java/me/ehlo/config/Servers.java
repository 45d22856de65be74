package me.ehlo.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;
import org.jspecify.annotations.Nullable;

/** Reads the servers that we turn to: a name or an address, with a port or without. */
final class Servers {
  static final int SMTP_PORT = 25;
  private static final int DNS_PORT = 53;
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+))(?::(\\d{1,5}))?");

  private Servers() {}

  /** {@code relay.smart-host}; empty: there is none. */
  static Optional<Endpoint> smartHost(String text, Surroundings surroundings) throws BadValue {
    return text.isEmpty() ? Optional.empty() : Optional.of(smtp(text));
  }

  /** A mail server; port 25 when it names none. */
  static Endpoint smtp(String text) throws BadValue {
    return read(text, SMTP_PORT, "mail.example.net, mail.example.net:587 or [2001:db8::1]:25");
  }

  /** {@code dns.servers}: by address, for who would tell the address of a name? */
  static List<Endpoint> dns(String text, Surroundings surroundings) throws BadValue {
    List<Endpoint> servers = new ArrayList<>();
    for (String part : Names.parts(text)) {
      Endpoint server =
          read(part, DNS_PORT, "an address, such as 192.0.2.53, 127.0.0.1:5353 or [::1]:53");
      if (Network.parse(server.host()) instanceof Parsed.Wrong) {
        throw new BadValue(
            "\"" + part + "\": a server of the DNS is given by its address, such as 192.0.2.53");
      }
      servers.add(server);
    }
    return List.copyOf(servers);
  }

  private static Endpoint read(String text, int port, String example) throws BadValue {
    if (text.indexOf(':') != text.lastIndexOf(':') && Network.parse(text) instanceof Parsed.Right) {
      return new Endpoint(text, port); // an IPv6 address without brackets has no port
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new BadValue("\"" + text + "\" is no server: write " + example);
    }
    String literal = matcher.group(1);
    if (literal != null && Network.parse(literal) instanceof Parsed.Wrong) {
      throw new BadValue("\"" + literal + "\" is no IPv6 address: write " + example);
    }
    return new Endpoint(
        literal != null ? literal : matcher.group(2), port(text, matcher.group(3), port));
  }

  private static int port(String text, @Nullable String digits, int standard) throws BadValue {
    int port = digits == null ? standard : Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw new BadValue("\"" + text + "\": a port is 1 to 65535");
    }
    return port;
  }
}
