package me.ehlo.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import me.ehlo.dns.MxLookup;
import me.ehlo.dns.RamDns;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Host;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Parsed;
import me.ehlo.relay.NextHop.Login;
import me.ehlo.relay.NextHop.TlsDemand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
  private static final Way BY_DNS = new Way.ByDns(TlsDemand.OPPORTUNISTIC);
  private static final Way SMART_HOST = server("smart.example", 587, TlsDemand.REQUIRE);
  private static final List<Route> SOME =
      List.of(
          route("example.org", true, server("sub.example", 26, TlsDemand.OPPORTUNISTIC)),
          route("deep.example.org", true, server("192.0.2.77", 25, TlsDemand.VERIFY)),
          route("mx.deep.example.org", false, BY_DNS),
          route("example.org", false, server("org.example", 25, TlsDemand.OPPORTUNISTIC)),
          route("other.example", false, server("sub.example", 26, TlsDemand.OPPORTUNISTIC)),
          route("strict.example", false, server("sub.example", 26, TlsDemand.VERIFY)),
          route("ours.example", false, server("sub.example", 26, TlsDemand.OPPORTUNISTIC)),
          route("lost.example", false, server("no.example", 25, TlsDemand.OPPORTUNISTIC)),
          route("stuck.example", false, server("silent.example", 25, TlsDemand.OPPORTUNISTIC)),
          route("circle.example", false, server("self.example", 2525, TlsDemand.OPPORTUNISTIC)));

  private final RamDns dns =
      new RamDns()
          .withMx("two.example", "20 b.example", "10 a.example")
          .withMx("null.example", "0 ")
          .withMx("dead.example", "10 empty.example")
          .withMx("mx.deep.example.org", "10 b.example")
          // We are among the hosts, by name or by address.
          .withMx("backup.example", "10 a.example", "20 mail.ours.example", "30 b.example")
          .withMx("equal.example", "10 a.example", "20 mail.ours.example", "20 b.example")
          .withMx("first.example", "10 mail.ours.example", "20 b.example")
          .withMx("only.example", "10 mail.ours.example")
          .withMx("by-address.example", "10 a.example", "20 self.example", "30 b.example")
          .withMx("only-by-address.example", "10 self.example")
          .withMx("partly.example", "10 a.example", "20 half.example")
          .withMx("wildcard.example", "10 zero.example", "20 b.example")
          .withMx("nonsense.example", "10 crowd.example")
          .withAddresses("plain.example", "192.0.2.12")
          .withAddresses("mail.ours.example", "198.51.100.1")
          .withAddresses("self.example", "127.0.0.1")
          .withAddresses("half.example", "127.0.0.1", "192.0.2.50")
          .withAddresses("zero.example", "0.0.0.0")
          .withAddresses("crowd.example", "224.0.0.1", "255.255.255.255", "ff02::1")
          .withAddresses("empty.example")
          .withAddresses("a.example", "2001:db8::a", "192.0.2.10")
          .withAddresses("b.example", "192.0.2.11")
          .withAddresses("smart.example", "192.0.2.60", "2001:db8::60")
          .withAddresses("sub.example", "192.0.2.61")
          .withAddresses("org.example", "192.0.2.62")
          .withAddresses("192.0.2.77", "192.0.2.77")
          .withTrouble("silent.example");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ours.example            | ours
          OURS.example            | ours
          two.example             | a.example 2001:db8:0:0:0:0:0:a, a.example 192.0.2.10, b.example 192.0.2.11
          plain.example           | plain.example 192.0.2.12
          null.example            | 556 5.1.10 The domain null.example takes no mail: it says so in the DNS
          no.example              | 550 5.1.2 There is no domain no.example; is it spelled right?
          dead.example            | 550 5.4.4 No server takes mail for dead.example: none of its hosts has an address
          empty.example           | 550 5.4.4 No server takes mail for empty.example: none of its hosts has an address
          nonsense.example        | 550 5.4.4 No server takes mail for nonsense.example: none of its hosts has an address
          silent.example          | 451 4.4.3 The DNS cannot tell just now where mail for silent.example goes (no answer)
          backup.example          | a.example 2001:db8:0:0:0:0:0:a, a.example 192.0.2.10
          equal.example           | a.example 2001:db8:0:0:0:0:0:a, a.example 192.0.2.10
          by-address.example      | a.example 2001:db8:0:0:0:0:0:a, a.example 192.0.2.10
          partly.example          | a.example 2001:db8:0:0:0:0:0:a, a.example 192.0.2.10
          first.example           | loops
          only.example            | loops
          only-by-address.example | loops
          self.example            | loops
          wildcard.example        | loops
          [192.0.2.1]             | [192.0.2.1] 192.0.2.1
          [IPv6:2001:db8::1]      | [IPv6:2001:db8::1] 2001:db8:0:0:0:0:0:1
          [ipv6:2001:db8::1]      | [ipv6:2001:db8::1] 2001:db8:0:0:0:0:0:1
          [127.0.0.1]             | loops
          [224.0.0.1]             | none
          """)
  void byDns(String host, String expected) {
    assertThat(shown(routes(List.of(), BY_DNS), host, 2525))
        .startsWith(
            switch (expected) {
              case "loops" -> "554 5.4.6 Mail for " + host + " loops back to us";
              case "none" -> "550 5.4.4";
              default -> expected;
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          example.org         | org.example 192.0.2.62:25
          a.example.org       | sub.example 192.0.2.61:26
          a.b.example.org     | sub.example 192.0.2.61:26
          deep.example.org    | sub.example 192.0.2.61:26
          a.deep.example.org  | 192.0.2.77 192.0.2.77:25
          mx.deep.example.org | b.example 192.0.2.11:2525
          example.org.example | smart.example 192.0.2.60:587, smart.example 2001:db8:0:0:0:0:0:60:587
          notexample.org      | smart.example 192.0.2.60:587, smart.example 2001:db8:0:0:0:0:0:60:587
          [192.0.2.1]         | smart.example 192.0.2.60:587, smart.example 2001:db8:0:0:0:0:0:60:587
          ours.example        | ours
          lost.example        | 451 4.4.4 The server no.example, set for mail for lost.example, has no address
          stuck.example       | 451 4.4.3 The DNS cannot tell just now the address of silent.example, set for mail for stuck.example (no answer)
          circle.example      | 451 4.3.5 The server self.example, set for mail for circle.example, is this server itself
          """)
  void theMostSpecialRouteThenTheSmartHost(String host, String expected) {
    assertThat(shown(routes(SOME, SMART_HOST), host, 0)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "two.example, two.example",
    "TWO.example, two.example",
    "[192.0.2.1], [192.0.2.1]",
    "ours.example, ours.example",
    "a.example.org, sub.example:26",
    "other.example, sub.example:26",
    "strict.example, sub.example:26 tls=verify",
    "mx.deep.example.org, mx.deep.example.org",
  })
  void thoseThatGoOneWayStandInOneLine(String host, String lane) {
    assertThat(routes(SOME, BY_DNS).lane(host(host))).isEqualTo(lane);
    assertThat(dns.asked()).isEmpty();
  }

  @Test
  void allThatGoByTheSmartHostStandInOneLine() {
    Routes routes = routes(List.of(), SMART_HOST);
    assertThat(List.of("two.example", "[192.0.2.1]", "no.example"))
        .allSatisfy(
            host -> assertThat(routes.lane(host(host))).isEqualTo("smart.example:587 tls=require"));
  }

  @Test
  void aPasswordIsForVerifiedTlsOnly() {
    Way smartHost =
        new Way.ByServer(
            "smart.example", 587, TlsDemand.OPPORTUNISTIC, Optional.of(new Login("ann", "s3cret")));
    assertThat(peers(routes(List.of(), smartHost), "two.example"))
        .hasSize(2)
        .allSatisfy(peer -> {
          assertThat(peer.tls()).isEqualTo(TlsDemand.VERIFY);
          assertThat(peer.login()).contains(new Login("ann", "s3cret"));
        });
  }

  @Test
  void theDemandForTlsIsTheRoutesOwnAndNobodyElseIsToldThePassword() {
    assertThat(peers(routes(SOME, SMART_HOST), "a.deep.example.org"))
        .allSatisfy(peer -> {
          assertThat(peer.tls()).isEqualTo(TlsDemand.VERIFY);
          assertThat(peer.login()).isEmpty();
        });
    Way strict = new Way.ByDns(TlsDemand.REQUIRE);
    assertThat(peers(routes(SOME, strict), "two.example"))
        .allSatisfy(peer -> assertThat(peer.tls()).isEqualTo(TlsDemand.REQUIRE));
    assertThat(peers(routes(SOME, strict), "mx.deep.example.org"))
        .allSatisfy(peer -> assertThat(peer.tls()).isEqualTo(TlsDemand.OPPORTUNISTIC));
  }

  @Test
  void aDoorAtTheWildcardAddressIsEveryAddressOfThisMachine() {
    Routes routes = routes(List.of(), BY_DNS, door("0.0.0.0", 2525));
    assertThat(shown(routes, "[127.9.9.9]", 2525)).startsWith("554 5.4.6");
    assertThat(shown(routes, "[203.0.113.9]", 2525)).isEqualTo("[203.0.113.9] 203.0.113.9");
    Routes otherPort = routes(List.of(), BY_DNS, door("0.0.0.0", 25));
    assertThat(shown(otherPort, "[127.9.9.9]", 2525)).isEqualTo("[127.9.9.9] 127.9.9.9");
  }

  @Test
  void whatTheDnsSaysNowCounts() {
    Routes routes = routes(List.of(), BY_DNS);
    dns.withMx("moves.example", "10 a.example");
    assertThat(peers(routes, "moves.example")).hasSize(2);
    dns.withMx("moves.example", "10 b.example");
    assertThat(peers(routes, "moves.example")).hasSize(1);
  }

  private Routes routes(List<Route> some, Way otherwise) {
    return routes(some, otherwise, door("127.0.0.1", 2525));
  }

  private Routes routes(List<Route> some, Way otherwise, InetSocketAddress door) {
    return new Routes(
        Set.of(Domain.ofAscii("ours.example")),
        some,
        otherwise,
        2525,
        new Self("Mail.ours.example", () -> List.of(door)),
        dns,
        new MxLookup(dns, new Random(1)));
  }

  private List<NextHop.Peer> peers(Routes routes, String host) {
    return ((NextHop.Servers) routes.nextHop(host(host))).peers();
  }

  /** As a line; of a peer at the usual port without it. */
  private static String shown(Routes routes, String host, int usualPort) {
    return switch (routes.nextHop(host(host))) {
      case NextHop.Ours() -> "ours";
      case NextHop.Nowhere(var cause) ->
          cause.reason().code() + " " + cause.status() + " " + cause.said();
      case NextHop.Servers(var peers) ->
          String.join(", ", peers.stream().map(peer -> shown(peer, usualPort)).toList());
    };
  }

  private static String shown(NextHop.Peer peer, int usualPort) {
    int port = peer.address().getPort();
    return peer.name()
        + " "
        + peer.address().getAddress().getHostAddress()
        + (port == usualPort ? "" : ":" + port);
  }

  private static Host host(String text) {
    return ((Parsed.Right<Mailbox>) AddressParser.mailbox("ann@" + text)).value().host();
  }

  private static InetSocketAddress door(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  private static Way server(String name, int port, TlsDemand tls) {
    return new Way.ByServer(name, port, tls, Optional.empty());
  }

  private static Route route(String domain, boolean subdomains, Way way) {
    return new Route(Domain.ofAscii(domain), subdomains, way);
  }
}
