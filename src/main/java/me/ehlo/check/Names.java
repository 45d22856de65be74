package me.ehlo.check;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import me.ehlo.check.DomainSeen.Exchange;
import me.ehlo.dns.Dns.Answer;
import me.ehlo.dns.Dns.Mx;
import me.ehlo.dns.DnsInspection;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;

/** Asks the DNS all that the checks want to know; blocks while it asks. */
final class Names {
  private static final int EXCHANGES_MAX = 20;
  private static final int NAMES_MAX = 5;

  private final DnsInspection dns;

  Names(DnsInspection dns) {
    this.dns = dns;
  }

  DomainSeen domain(Domain domain) {
    Answer<Mx> mx = dns.mx(domain.ascii());
    return switch (mx) {
      case Answer.Found<Mx>(var records) -> new DomainSeen(domain, mx, exchanges(records));
      case Answer.None<Mx>() ->
          new DomainSeen(domain, mx, List.of(later(new Mx(0, domain.ascii())).join()));
      case Answer.NoSuchName<Mx>(), Answer.Trouble<Mx> _ -> new DomainSeen(domain, mx, List.of());
    };
  }

  Reverse reverse(InetAddress address) {
    Answer<String> names = dns.names(address);
    if (names instanceof Answer.Found<String>(var found)) {
      return new Reverse(
          names, found.stream().limit(NAMES_MAX).filter(name -> leadsTo(name, address)).toList());
    }
    return new Reverse(names, List.of());
  }

  boolean leadsTo(String name, InetAddress address) {
    return dns.addresses(name) instanceof Answer.Found<InetAddress>(var found)
        && found.contains(address);
  }

  private List<Exchange> exchanges(List<Mx> records) {
    List<CompletableFuture<Exchange>> asked =
        records.stream()
            .filter(mx -> !mx.exchange().isEmpty())
            .sorted(Comparator.comparingInt(Mx::preference).thenComparing(Mx::exchange))
            .distinct()
            .limit(EXCHANGES_MAX)
            .map(this::later)
            .toList();
    return asked.stream().map(CompletableFuture::join).toList();
  }

  private CompletableFuture<Exchange> later(Mx mx) {
    String host = mx.exchange();
    if (Network.parse(host) instanceof Parsed.Right) {
      return CompletableFuture.completedFuture(
          new Exchange(
              mx.preference(),
              host,
              new Answer.None<>(),
              new Answer.NoSuchName<>(),
              new Answer.NoSuchName<>()));
    }
    CompletableFuture<Answer<String>> alias = start(() -> dns.alias(host));
    CompletableFuture<Answer<InetAddress>> v4 = start(() -> dns.ipv4(host));
    CompletableFuture<Answer<InetAddress>> v6 = start(() -> dns.ipv6(host));
    return CompletableFuture.allOf(alias, v4, v6)
        .thenApply(_ -> new Exchange(mx.preference(), host, alias.join(), v4.join(), v6.join()));
  }

  private static <T> CompletableFuture<T> start(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread.ofVirtual().name("check-dns").start(() -> answer.complete(question.get()));
    return answer;
  }
}
