package me.ehlo.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import me.ehlo.dns.Dns.Answer;
import me.ehlo.dns.RamDns;
import me.ehlo.mail.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DnsChecksTest {
  private static final String PUBLIC = "5.6.7.8";
  private static final String PUBLIC_6 = "2a00:1::8";

  /** What the DNS says, and what is found first, with the beginning of what was seen. */
  static Stream<Arguments> domains() {
    return Stream.of(
        row("no such domain", _ -> {}, "FAIL mx: There is no such domain"),
        row(
            "nobody knows",
            dns -> dns.withTrouble("example.org"),
            "UNKNOWN mx: The DNS does not say who takes its mail: no answer"),
        row(
            "neither MX nor address",
            dns -> dns.withAddresses("example.org"),
            "FAIL mx: The domain has neither an MX record nor an address"),
        row(
            "implicit MX",
            dns -> dns.withAddresses("example.org", PUBLIC),
            "NOTE mx: There is no MX record: mail goes to the address of the domain itself"),
        row(
            "null MX",
            dns -> dns.withMx("example.org", "0 "),
            "NOTE mx: The domain says that it takes no mail"),
        row(
            "null MX beside others",
            dns ->
                dns.withMx("example.org", "0 ", "10 mx.example.org")
                    .withAddresses("mx.example.org", PUBLIC),
            "FAIL mx: A null MX (\".\") stands beside"),
        row(
            "the same host twice",
            dns ->
                dns.withMx("example.org", "10 mx.example.org", "20 mx.example.org")
                    .withAddresses("mx.example.org", PUBLIC),
            "WARN mx: mx.example.org has two MX records"),
        row(
            "no such host",
            dns -> dns.withMx("example.org", "10 gone.example.org"),
            "FAIL target: The MX record names a host that is not in the DNS"),
        row(
            "a host without address",
            dns -> dns.withMx("example.org", "10 mx.example.org").withAddresses("mx.example.org"),
            "FAIL target: The MX record names a host that has no address"),
        row(
            "a host of which nobody knows",
            dns -> dns.withMx("example.org", "10 mx.example.org").withTrouble("mx.example.org"),
            "UNKNOWN target: The DNS does not tell its addresses: no answer"),
        row(
            "an alias",
            dns ->
                dns.withMx("example.org", "10 www.example.org")
                    .withAddresses("mx.example.org", PUBLIC)
                    .withAlias("www.example.org", "mx.example.org"),
            "WARN target: The MX record names an alias (CNAME) of mx.example.org"),
        row(
            "an address for a name",
            dns -> dns.withMx("example.org", "10 5.6.7.8"),
            "FAIL target: The MX record names an address"),
        row(
            "what is no name",
            dns -> dns.withMx("example.org", "10 mx..example.org"),
            "FAIL target: The MX record names what cannot be a host"),
        row(
            "loopback",
            dns ->
                dns.withMx("example.org", "10 mx.example.org")
                    .withAddresses("mx.example.org", "127.0.0.1"),
            "FAIL target: Its address 127.0.0.1 is the loopback of every machine"),
        row(
            "private",
            dns ->
                dns.withMx("example.org", "10 mx.example.org")
                    .withAddresses("mx.example.org", "192.168.7.1", PUBLIC),
            "FAIL target: Its address 192.168.7.1 is private"),
        row(
            "private IPv6",
            dns ->
                dns.withMx("example.org", "10 mx.example.org")
                    .withAddresses("mx.example.org", "fd00::1", PUBLIC),
            "FAIL target: Its address fd00:0:0:0:0:0:0:1 is private"),
        row(
            "IPv6 only",
            dns ->
                dns.withMx("example.org", "10 mx.example.org")
                    .withAddresses("mx.example.org", PUBLIC_6),
            "WARN ipv6: No host has an IPv4 address"),
        row(
            "two hosts that are one",
            dns ->
                dns.withMx("example.org", "10 mx1.example.org", "20 mx2.example.org")
                    .withAddresses("mx1.example.org", PUBLIC, PUBLIC_6)
                    .withAddresses("mx2.example.org", PUBLIC),
            "NOTE target: It has an address of mx1.example.org"),
        row(
            "one host only",
            dns ->
                dns.withMx("example.org", "10 mx.example.org")
                    .withAddresses("mx.example.org", PUBLIC, PUBLIC_6),
            "NOTE backup: mx.example.org is the only host"),
        row(
            "all is well",
            dns ->
                dns.withMx("example.org", "10 mx1.example.org", "20 mx2.example.org")
                    .withAddresses("mx1.example.org", PUBLIC, PUBLIC_6)
                    .withAddresses("mx2.example.org", "5.6.7.9"),
            ""));
  }

  private static Arguments row(String name, Consumer<RamDns> world, String first) {
    return Arguments.of(name, world, first);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("domains")
  void theRightFindingComesFirst(String name, Consumer<RamDns> world, String first) {
    RamDns dns = new RamDns();
    world.accept(dns);
    List<Finding> findings = new Checks(World.TRUST, Ports.USUAL).findings(facts(dns), Set.of());
    String told =
        World.told(new Report("example.org", Instant.EPOCH, "MX", List.of(), List.of(), findings));
    assertThat(told).as(name).startsWith(first);
    assertThat(told.isEmpty()).isEqualTo(first.isEmpty());
  }

  @Test
  void privateAddressesAreRightInPrivateZones() {
    RamDns dns =
        new RamDns()
            .withMx("example.org", "10 mx.example.org")
            .withAddresses("mx.example.org", "10.0.0.1");
    DomainSeen seen = new Names(dns).domain(Domain.ofAscii("example.org"));
    DomainSeen home = new DomainSeen(Domain.ofAscii("mail.home.arpa"), seen.mx(), seen.exchanges());
    assertThat(new TargetCheck().findings(facts(home)))
        .extracting(Finding::result)
        .containsExactly(Result.NOTE);
  }

  @Test
  void aListIsOnlyBelievedIfItIsOne() {
    InetAddress client = InetAddress.ofLiteral(PUBLIC);
    List<String> codes = List.of("127.0.0.2", "127.255.255.254", "5.5.5.5");
    List<Listing> listings =
        codes.stream()
            .map(code ->
                new Listing(
                    "list.example",
                    Place.of(new Target(10, "mx.example.org", client)),
                    new Answer.Found<>(List.of(InetAddress.ofLiteral(code))),
                    "spam seen"))
            .toList();
    Facts facts =
        new Facts(
            new Names(new RamDns()).domain(Domain.ofAscii("example.org")),
            List.of(),
            Map.of(),
            List.of(),
            listings,
            Instant.EPOCH);
    assertThat(new ListsCheck().findings(facts))
        .extracting(Finding::result)
        .containsExactly(Result.FAIL, Result.UNKNOWN, Result.UNKNOWN);
    assertThat(new ListsCheck().findings(facts).getFirst().saw())
        .isEqualTo("Listed by list.example (127.0.0.2): spam seen.");
  }

  private static Facts facts(RamDns dns) {
    return facts(new Names(dns).domain(Domain.ofAscii("example.org")));
  }

  private static Facts facts(DomainSeen seen) {
    return new Facts(seen, List.of(), Map.of(), List.of(), List.of(), Instant.EPOCH);
  }
}
