package me.ehlo.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import me.ehlo.dns.Dns.Answer;
import me.ehlo.dns.Dns.Mx;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;

/**
 * Finds who takes mail for a domain (RFC 5321 §5.1).
 *
 * <p>Some things that a domain gets wrong cost its mail nothing: an MX record that leads to a CNAME is followed; one that
 * names no host, or an address where a host must stand, is passed over, as is a null MX beside others.
 */
public final class MxLookup {
  private static final int HOSTS_MAX = 20; // the rest of three hundred would hardly be better

  private final Dns dns;
  private final RandomGenerator random;

  public MxLookup(Dns dns, RandomGenerator random) {
    this.dns = dns;
    this.random = random;
  }

  /** The hosts that take mail for this domain. Blocks while it asks. */
  public MailHosts hosts(Domain domain) {
    return switch (dns.mx(domain.ascii())) {
      case Answer.Found<Mx>(var records) -> named(records);
      case Answer.None<Mx>() -> implicit(domain);
      case Answer.NoSuchName<Mx>() -> new MailHosts.NoSuchDomain();
      case Answer.Trouble<Mx>(var why) -> new MailHosts.Trouble(why);
    };
  }

  /** Whether these MX records say that the domain takes no mail (RFC 7505 §3). */
  static boolean isNull(List<Mx> records) {
    return records.stream().allMatch(mx -> mx.exchange().isEmpty());
  }

  /** RFC 5321 §5.1: without MX records the domain is its own host. */
  private MailHosts implicit(Domain domain) {
    return switch (dns.addresses(domain.ascii())) {
      case Answer.Found<InetAddress>(var addresses) ->
          new MailHosts.Hosts(List.of(new MailHosts.Host(0, domain.ascii(), addresses)));
      case Answer.None<InetAddress>() -> new MailHosts.NoAddress();
      case Answer.NoSuchName<InetAddress>() -> new MailHosts.NoSuchDomain();
      case Answer.Trouble<InetAddress>(var why) -> new MailHosts.Trouble(why);
    };
  }

  private MailHosts named(List<Mx> records) {
    if (isNull(records)) {
      return new MailHosts.NullMx();
    }
    List<Mx> inOrder = inOrder(records);
    List<Answer<InetAddress>> answers = addresses(inOrder);
    List<MailHosts.Host> hosts = new ArrayList<>();
    Optional<String> trouble = Optional.empty();
    for (int i = 0; i < inOrder.size(); i++) {
      Mx mx = inOrder.get(i);
      switch (answers.get(i)) {
        case Answer.Found<InetAddress>(var found) ->
            hosts.add(new MailHosts.Host(mx.preference(), mx.exchange(), found));
        case Answer.Trouble<InetAddress>(var why) -> trouble = Optional.of(why);
        case Answer.None<InetAddress>(), Answer.NoSuchName<InetAddress>() -> {}
      }
    }
    if (!hosts.isEmpty()) {
      return new MailHosts.Hosts(hosts);
    }
    return trouble.<MailHosts>map(MailHosts.Trouble::new).orElseGet(MailHosts.NoAddress::new);
  }

  /** Lowest preference first, those with the same one by chance, each host once. */
  private List<Mx> inOrder(List<Mx> records) {
    List<Mx> usable = new ArrayList<>(records.stream().filter(MxLookup::namesHost).toList());
    Collections.shuffle(usable, random);
    usable.sort(Comparator.comparingInt(Mx::preference));
    Set<String> seen = new HashSet<>();
    return usable.stream().filter(mx -> seen.add(mx.exchange())).limit(HOSTS_MAX).toList();
  }

  private static boolean namesHost(Mx mx) {
    return DomainParser.parse(mx.exchange()) instanceof Parsed.Right
        && Network.parse(mx.exchange()) instanceof Parsed.Wrong;
  }

  /** All at once: a silent server for one host's zone makes no other host wait. */
  private List<Answer<InetAddress>> addresses(List<Mx> records) {
    Stream<CompletableFuture<Answer<InetAddress>>> asked =
        records.stream()
            .map(mx -> {
              CompletableFuture<Answer<InetAddress>> answer = new CompletableFuture<>();
              Thread.ofVirtual()
                  .name("dns")
                  .start(() -> answer.complete(dns.addresses(mx.exchange())));
              return answer;
            });
    return asked.toList().stream().map(CompletableFuture::join).toList();
  }
}
