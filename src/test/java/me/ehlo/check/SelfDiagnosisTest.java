package me.ehlo.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;
import org.junit.jupiter.api.Test;

class SelfDiagnosisTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  @Test
  void aSiteInOrderHasNothingToMend() throws IOException {
    try (World world = world()) {
      assertThat(told(world, site(world, "mail.example.org")))
          .isEqualTo(
              "NOTE port25: Only this machine itself reaches the door for mail of other servers.");
    }
  }

  @Test
  void whateverIsWrongIsSaid() throws IOException {
    try (World world = world()) {
      assertThat(told(world, site(world, "localhost")))
          .startsWith("WARN hostname: Our hostname localhost is none that others know.");
      assertThat(told(world, site(world, "gone.example.org")))
          .startsWith("FAIL hostname: Our hostname gone.example.org has no address");
      assertThat(told(world, site(world, "elsewhere.example.org")))
          .contains("NOTE hostname: Our hostname leads to 5.6.7.8, no address of this machine.")
          .contains("WARN rdns: 5.6.7.8 is not called elsewhere.example.org");
      assertThat(told(world, site(world, "mail.example.org", "0.0.0.0/0", "10.0.0.0/8")))
          .startsWith("FAIL relay-networks: 0.0.0.0/0 is larger")
          .doesNotContain("10.0.0.0/8");
    }
  }

  @Test
  void aDomainWhoseMailGoesElsewhereIsSaid() throws IOException {
    try (World world = world()) {
      OwnSite ours = site(world, "mail.example.org");
      OwnSite site =
          new OwnSite(
              ours.hostname(),
              List.of(Domain.ofAscii("example.org"), Domain.ofAscii("away.org")),
              List.of(),
              List.of(),
              List.of(),
              ours.addresses());
      assertThat(told(world, site))
          .startsWith(
              "WARN mx: We take mail for away.org, and its DNS brings it to elsewhere.example.org.")
          .contains("NOTE port25: The door for mail of other servers is closed.");
    }
  }

  @Test
  void aClosedDoorIsSaid() throws IOException {
    try (World world = world()) {
      OwnSite site = site(world, "mail.example.org");
      world.withoutServer();
      assertThat(told(world, site))
          .startsWith("FAIL connect: The connection is refused")
          .contains("FAIL doors: Nobody takes a connection at this door");
    }
  }

  private static World world() throws IOException {
    World world =
        World.of(
            World.healthy()
                .name("mail.example.org")
                .tls(World.AUTHORITY.showing(World.AUTHORITY.issue("mail.example.org")))
                .reply("RCPT TO:<postmaster@example.org>", "250 ok"));
    world
        .dns()
        .withMx("example.org", "10 mail.example.org")
        .withAddresses("mail.example.org", "127.0.0.1")
        .withMx("away.org", "10 elsewhere.example.org")
        .withAddresses("elsewhere.example.org", "5.6.7.8");
    return world;
  }

  private static OwnSite site(World world, String hostname, String... relayNetworks) {
    InetSocketAddress door = new InetSocketAddress(LOOPBACK, world.visitor().ports().smtp());
    return new OwnSite(
        Domain.ofAscii(hostname),
        List.of(Domain.ofAscii("example.org"), Domain.ofAscii("localhost")),
        List.of(door),
        List.of(door),
        Stream.of(relayNetworks).map(SelfDiagnosisTest::network).toList(),
        List.of(InetAddress.ofLiteral("192.168.1.2")));
  }

  private static Network network(String text) {
    if (Network.parse(text) instanceof Parsed.Right<Network>(var network)) {
      return network;
    }
    throw new IllegalArgumentException(text);
  }

  private static String told(World world, OwnSite site) {
    return World.told(
        new SelfDiagnosis(world.visitor(), world.dns(), new SecureRandom(), World.TRUST)
            .of(site, "somebody@elsewhere.test"));
  }
}
