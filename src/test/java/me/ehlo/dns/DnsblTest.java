package me.ehlo.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import me.ehlo.access.Blocklists.Listing;
import me.ehlo.mail.Domain;
import me.ehlo.trace.Event;
import org.junit.jupiter.api.Test;

class DnsblTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));

  private static final Duration LONG = Duration.ofSeconds(20);

  private final RamDns dns = new RamDns();
  private final List<Event> events = new ArrayList<>();

  @Test
  void whoIsListedIsNamedWithTheReason() {
    dns.withAddresses("7.2.0.192.bl.test", "127.0.0.2")
        .withTexts("7.2.0.192.bl.test", "see https://bl.test/192.0.2.7", "more");

    assertThat(listing("192.0.2.7", "bl.test"))
        .contains(new Listing("bl.test", "see https://bl.test/192.0.2.7"));
    assertThat(listing("192.0.2.8", "bl.test")).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void withoutATextItIsListedAllTheSame() {
    dns.withAddresses("7.2.0.192.bl.test", "127.0.0.10");
    assertThat(listing("192.0.2.7", "bl.test")).contains(new Listing("bl.test", ""));
  }

  @Test
  void ipv6IsAskedDigitByDigit() {
    String digits = "7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.";
    assertThat(Dnsbl.reversed(InetAddress.ofLiteral("2001:db8::7"))).isEqualTo(digits);
    dns.withAddresses(digits + "bl.test", "127.0.0.2");
    assertThat(listing("2001:db8::7", "bl.test")).isPresent();
    assertThat(listing("::ffff:192.0.2.7", "bl.test")).isEmpty();
    assertThat(dns.asked()).contains("7.2.0.192.bl.test");
  }

  @Test
  void theFirstOfSeveralZonesThatListsIsNamed() {
    dns.withAddresses("7.2.0.192.second.test", "127.0.0.4")
        .withAddresses("7.2.0.192.third.test", "127.0.0.4");
    assertThat(listing("192.0.2.7", "first.test", "second.test", "third.test"))
        .contains(new Listing("second.test", ""));
  }

  @Test
  void anAnswerOutsideOfLoopbackIsNone() {
    dns.withAddresses("7.2.0.192.parked.test", "203.0.113.5");
    assertThat(listing("192.0.2.7", "parked.test")).isEmpty();
    assertThat(events).hasSize(1);
  }

  @Test
  void aZoneThatDoesNotAnswerUsListsNobody() {
    dns.withAddresses("7.2.0.192.bl.test", "127.255.255.254");
    dns.withTrouble("7.2.0.192.away.test");
    assertThat(listing("192.0.2.7", "bl.test", "away.test")).isEmpty();
    assertThat(events)
        .extracting(event -> ((Event.Note) event).what())
        .containsExactly(
            "bl.test lists nobody meanwhile: it does not answer us: 127.255.255.254",
            "away.test lists nobody meanwhile: no answer");
  }

  @Test
  void itIsAskedOnceAndToldOnce() {
    dns.withTrouble("7.2.0.192.away.test").withTrouble("8.2.0.192.away.test");
    Dnsbl lists = lists(dns, LONG, "away.test");
    for (String client : new String[] {"192.0.2.7", "192.0.2.7", "192.0.2.8", "192.0.2.7"}) {
      assertThat(lists.listing(InetAddress.ofLiteral(client))).isEmpty();
    }
    assertThat(dns.asked()).containsExactly("7.2.0.192.away.test", "8.2.0.192.away.test");
    assertThat(events).hasSize(1);
  }

  @Test
  void aSilentZoneCostsNobodyMoreThanThePatience() {
    CountDownLatch never = new CountDownLatch(1);
    Dns silent =
        new Dns() {
          @Override
          public Answer<Mx> mx(String name) {
            return new Answer.NoSuchName<>();
          }

          @Override
          public Answer<InetAddress> addresses(String name) {
            return ipv4(name);
          }

          @Override
          public Answer<InetAddress> ipv4(String name) {
            if (name.endsWith("silent.test")) {
              try {
                never.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            }
            return dns.ipv4(name);
          }

          @Override
          public Answer<String> texts(String name) {
            return ipv4(name) instanceof Answer.Found
                ? new Answer.Found<>(List.of("x".repeat(1000)))
                : new Answer.None<>();
          }
        };
    dns.withAddresses("7.2.0.192.bl.test", "127.0.0.2");
    try {
      assertThat(
              lists(silent, Duration.ofMillis(100), "silent.test")
                  .listing(InetAddress.ofLiteral("192.0.2.9")))
          .isEmpty();
      assertThat(
              lists(silent, Duration.ofSeconds(3), "silent.test", "bl.test")
                  .listing(InetAddress.ofLiteral("192.0.2.7")))
          .contains(new Listing("bl.test", "x".repeat(200)));
    } finally {
      never.countDown();
    }
  }

  private Optional<Listing> listing(String client, String... zones) {
    return lists(dns, LONG, zones).listing(InetAddress.ofLiteral(client));
  }

  private Dnsbl lists(Dns asked, Duration patience, String... zones) {
    return new Dnsbl(
        asked, List.of(zones).stream().map(Domain::ofAscii).toList(), patience, events::add, CLOCK);
  }
}
