package me.ehlo.config;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a listener listens.
 *
 * @param host a name or an address, an IPv6 one without its brackets
 * @param port 0: any that is free
 */
public record Endpoint(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+(?:%[\\w.-]+)?)]|([A-Za-z0-9._-]+)):(\\d{1,5})");

  /** The address to bind to; a name is looked up now. */
  public InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  static List<Endpoint> list(String text, Surroundings surroundings) throws BadValue {
    List<Endpoint> endpoints = new ArrayList<>();
    for (String part : Names.parts(text)) {
      Endpoint endpoint = read(part);
      if (endpoints.contains(endpoint)) {
        throw new BadValue("\"" + part + "\" is there twice");
      }
      endpoints.add(endpoint);
    }
    return List.copyOf(endpoints);
  }

  private static Endpoint read(String text) throws BadValue {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new BadValue("\"" + text + "\" is no address to listen on: write " + example(text));
    }
    int port = Integer.parseInt(matcher.group(3));
    if (port > 65_535) {
      throw new BadValue("\"" + text + "\": a port is at most 65535");
    }
    String literal = matcher.group(1);
    return new Endpoint(literal != null ? literal : matcher.group(2), port);
  }

  private static String example(String text) {
    if (text.matches(":?\\d{1,5}")) {
      String port = text.replace(":", "");
      return "127.0.0.1:" + port + " for this machine only, or 0.0.0.0:" + port + " for all";
    }
    return "host:port, such as 127.0.0.1:2525 or [::1]:2525";
  }
}
