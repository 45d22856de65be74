package me.ehlo.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import me.ehlo.call.Destination;
import org.junit.jupiter.api.Test;

/** IPv4 only, IPv6 only. */
class FamilyTest {
  private static final Destination SIX = to("2001:db8::25");
  private static final Destination FOUR = to("192.0.2.25");

  @Test
  void onlyThoseThatWereAskedFor() {
    List<Destination> all = List.of(SIX, FOUR);
    assertThat(Settings.Family.ANY.of(all)).isEqualTo(all);
    assertThat(Settings.Family.IPV4.of(all)).containsExactly(FOUR);
    assertThat(Settings.Family.IPV6.of(all)).containsExactly(SIX);
  }

  @Test
  void whatThereIsInsteadIsSaid() {
    assertThat(Settings.Family.IPV6.absent("mx.test", List.of(FOUR)))
        .isEqualTo("mx.test has no IPv6 address, only 192.0.2.25: leave out -6.");
    assertThat(Settings.Family.IPV4.absent("mx.test", List.of(SIX)))
        .isEqualTo("mx.test has no IPv4 address, only 2001:db8::25: leave out -4.");
  }

  private static Destination to(String address) {
    return new Destination("mx.test", InetAddress.ofLiteral(address), 25);
  }
}
