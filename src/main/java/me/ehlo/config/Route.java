package me.ehlo.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.config.Config.RelayTls;
import me.ehlo.mail.Domain;

/**
 * Another way for the mail of some domains, as {@code relay.routes} says it.
 *
 * @param domain the domain, or the one whose subdomains are meant
 * @param subdomains whether the subdomains of the domain are meant, at any depth, and not itself
 * @param server where the mail goes; empty: where the DNS says
 * @param tls what is asked of the encryption; empty: what {@code relay.tls} says
 */
public record Route(
    Domain domain, boolean subdomains, Optional<Endpoint> server, Optional<RelayTls> tls) {
  private static final String SUBDOMAINS = "*.";
  private static final String BY_DNS = "mx";
  private static final String TLS = "tls=";

  static List<Route> table(String text, Surroundings surroundings) throws BadValue {
    List<Route> routes = new ArrayList<>();
    for (Map.Entry<String, String> entry : Names.table(text).entrySet()) {
      routes.add(read(entry.getKey(), entry.getValue(), surroundings));
    }
    return List.copyOf(routes);
  }

  private static Route read(String name, String value, Surroundings surroundings) throws BadValue {
    boolean subdomains = name.startsWith(SUBDOMAINS);
    Domain domain =
        Names.domain(subdomains ? name.substring(SUBDOMAINS.length()) : name, surroundings);
    String[] words = value.split(" +", -1);
    if (words.length > 2 || words.length == 2 && !words[1].startsWith(TLS) || value.isEmpty()) {
      throw new BadValue(
          "\""
              + value
              + "\" is no route: write a server, such as mail.example.net:25, or mx for what the"
              + " DNS says; tls=require or tls=verify may follow");
    }
    Optional<Endpoint> server =
        words[0].equals(BY_DNS) ? Optional.empty() : Optional.of(Servers.smtp(words[0]));
    return new Route(domain, subdomains, server, tls(words, surroundings));
  }

  private static Optional<RelayTls> tls(String[] words, Surroundings surroundings) throws BadValue {
    return words.length == 1
        ? Optional.empty()
        : Optional.of(
            Amounts.choice(RelayTls.class).read(words[1].substring(TLS.length()), surroundings));
  }
}
