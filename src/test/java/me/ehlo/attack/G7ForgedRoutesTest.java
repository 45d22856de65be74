package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import me.ehlo.dns.MxLookup;
import me.ehlo.dns.Resolver;
import me.ehlo.dns.ScriptedDns;
import me.ehlo.dns.Zone;
import me.ehlo.mail.Domain;
import me.ehlo.relay.NextHop;
import me.ehlo.relay.Routes;
import me.ehlo.relay.Self;
import me.ehlo.relay.Way;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** G7: whatever a domain says of its mail servers, we never turn to ourselves, nor to what is no host, nor in circles. */
class G7ForgedRoutesTest {
  private static final int PORT = 2525;

  private ScriptedDns server;

  @BeforeEach
  void start() throws IOException {
    server =
        ScriptedDns.serve(
            new Zone()
                .with(
                    """
                    loopback.test 60 MX 10 to-loopback.test
                    to-loopback.test 60 A 127.0.0.1
                    other-loopback.test 60 MX 10 to-other-loopback.test
                    to-other-loopback.test 60 A 127.1.2.3
                    six.test 60 MX 10 to-six.test
                    to-six.test 60 AAAA ::1
                    mapped.test 60 MX 10 to-mapped.test
                    to-mapped.test 60 AAAA ::ffff:127.0.0.1
                    implicit.test 60 A 127.0.0.1
                    alias.test 60 CNAME loopback.test
                    alias-host.test 60 MX 10 to-alias.test
                    to-alias.test 60 CNAME to-loopback.test
                    name.test 60 MX 10 MAIL.ehlo.test
                    mail.ehlo.test 60 A 198.51.100.1
                    any.test 60 MX 10 to-any.test
                    to-any.test 60 A 0.0.0.0
                    any-six.test 60 MX 10 to-any-six.test
                    to-any-six.test 60 AAAA ::
                    crowd.test 60 MX 10 to-crowd.test
                    to-crowd.test 60 A 224.0.0.1
                    to-crowd.test 60 A 255.255.255.255
                    literal.test 60 MX 10 127.0.0.1
                    null.test 60 MX 0 .
                    circle.test 60 CNAME circle2.test
                    circle2.test 60 CNAME circle.test
                    circle-host.test 60 MX 10 circle.test
                    itself.test 60 CNAME itself.test
                    better.test 60 MX 10 good.test
                    better.test 60 MX 20 mail.ehlo.test
                    better.test 60 MX 30 worse.test
                    both.test 60 MX 10 to-both.test
                    to-both.test 60 A 127.0.0.1
                    to-both.test 60 A 198.51.100.3
                    good.test 60 A 198.51.100.2
                    worse.test 60 A 198.51.100.9
                    """));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "loopback.test, 554 5.4.6",
    "other-loopback.test, 554 5.4.6",
    "six.test, 554 5.4.6",
    "mapped.test, 554 5.4.6",
    "implicit.test, 554 5.4.6",
    "alias.test, 554 5.4.6",
    "alias-host.test, 554 5.4.6",
    "name.test, 554 5.4.6",
    "any.test, 554 5.4.6",
    "any-six.test, 554 5.4.6",
    "both.test, 554 5.4.6",
    "crowd.test, 550 5.4.4",
    "literal.test, 550 5.4.4",
    "null.test, 556 5.1.10",
    "circle.test, 451 4.4.3",
    "circle-host.test, 451 4.4.3",
    "itself.test, 451 4.4.3",
    "nowhere.test, 550 5.1.2",
    "better.test, 198.51.100.2",
  })
  void leadNowhereElse(String domain, String expected) {
    assertThat(nextHop(domain, "0.0.0.0")).isEqualTo(expected);
  }

  @Test
  void everyAddressOfThisMachineIsOursWhereWeListenOnAll() throws IOException {
    List<InetAddress> own =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address.getAddress().length == 4)
            .toList();
    assertThat(own).isNotEmpty();
    for (InetAddress address : own) {
      String name = "own-" + address.getHostAddress().replace('.', '-') + ".test";
      try (ScriptedDns one =
          ScriptedDns.serve(new Zone().with(name + " 60 A " + address.getHostAddress()))) {
        assertThat(nextHop(one, name, "0.0.0.0")).isEqualTo("554 5.4.6");
        assertThat(nextHop(one, name, "::")).isEqualTo("554 5.4.6");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 554 5.4.6", "127.0.0.2, 127.0.0.1"})
  void anotherDoorOnThisMachineIsAnotherServer(String door, String expected) {
    assertThat(nextHop("loopback.test", door)).isEqualTo(expected);
  }

  private String nextHop(String domain, String door) {
    return nextHop(server, domain, door);
  }

  private static String nextHop(ScriptedDns server, String domain, String door) {
    Resolver resolver =
        new Resolver(
            () -> List.of(server.address()),
            new SecureRandom(),
            InstantSource.system(),
            new Resolver.Patience(Duration.ofSeconds(10), Duration.ofSeconds(10)));
    InetSocketAddress listening = new InetSocketAddress(InetAddress.ofLiteral(door), PORT);
    Routes routes =
        new Routes(
            Set.of(Domain.ofAscii("ehlo.test")),
            List.of(),
            new Way.ByDns(NextHop.TlsDemand.OPPORTUNISTIC),
            PORT,
            new Self("mail.ehlo.test", () -> List.of(listening)),
            resolver,
            new MxLookup(resolver, new SecureRandom()));
    return switch (routes.nextHop(Domain.ofAscii(domain))) {
      case NextHop.Ours() -> "ours";
      case NextHop.Nowhere(var cause) -> cause.reason().code() + " " + cause.status();
      case NextHop.Servers(var peers) ->
          String.join(" ", peers.stream().map(G7ForgedRoutesTest::address).toList());
    };
  }

  private static String address(NextHop.Peer peer) {
    return peer.address().getAddress().getHostAddress();
  }
}
