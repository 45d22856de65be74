package me.ehlo.check;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import me.ehlo.dns.Dns.Answer;
import me.ehlo.dns.Dns.Mx;
import me.ehlo.mail.Domain;

/**
 * What the DNS says of a domain's mail.
 *
 * @param exchanges what its MX records name, the best first, or the domain itself where it has none
 */
record DomainSeen(Domain domain, Answer<Mx> mx, List<Exchange> exchanges) {

  /**
   * A host that an MX record names.
   *
   * @param alias what it is only another name for
   */
  record Exchange(
      int preference,
      String host,
      Answer<String> alias,
      Answer<InetAddress> v4,
      Answer<InetAddress> v6) {

    List<InetAddress> addresses() {
      return Stream.of(v4, v6).flatMap(Exchange::found).toList();
    }

    List<Target> targets() {
      return addresses().stream().map(address -> new Target(preference, host, address)).toList();
    }

    private static Stream<InetAddress> found(Answer<InetAddress> answer) {
      return answer instanceof Answer.Found<InetAddress>(var records)
          ? records.stream()
          : Stream.of();
    }
  }

  DomainSeen {
    exchanges = List.copyOf(exchanges);
  }

  boolean isImplicit() {
    return mx instanceof Answer.None;
  }

  List<Mx> records() {
    return mx instanceof Answer.Found<Mx>(var records) ? records : List.of();
  }

  List<Target> targets() {
    return exchanges.stream().flatMap(exchange -> exchange.targets().stream()).toList();
  }

  Place place() {
    return Place.of(domain.text());
  }
}
