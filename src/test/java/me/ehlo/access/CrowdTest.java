package me.ehlo.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Random;
import me.ehlo.access.Crowd.Answer;
import me.ehlo.access.Crowd.Share;
import org.junit.jupiter.api.Test;

class CrowdTest {
  private final Ticking clock = new Ticking();

  @Test
  void anAddressHasItsShareAndGetsItBack() {
    Crowd crowd = crowd(2, 100, 100);
    assertThat(enter(crowd, "192.0.2.1")).isEqualTo("welcome");
    assertThat(enter(crowd, "192.0.2.1")).isEqualTo("welcome");
    assertThat(enter(crowd, "192.0.2.1")).isEqualTo("ADDRESS 192.0.2.1 2");
    assertThat(enter(crowd, "192.0.2.2")).isEqualTo("welcome");
    leave(crowd, "192.0.2.1");
    assertThat(enter(crowd, "192.0.2.1")).isEqualTo("welcome");
    assertThat(enter(crowd, "192.0.2.1")).isEqualTo("ADDRESS 192.0.2.1 2");
  }

  @Test
  void aNetworkHasItsShare() {
    Crowd crowd = crowd(2, 3, 100);
    for (String address : new String[] {"192.0.2.1", "192.0.2.1", "192.0.2.2"}) {
      assertThat(enter(crowd, address)).isEqualTo("welcome");
    }
    assertThat(enter(crowd, "192.0.2.3")).isEqualTo("NETWORK 192.0.2.0/24 3");
    assertThat(enter(crowd, "192.0.3.3")).isEqualTo("welcome");
  }

  @Test
  void anAddressOfIpv6IsSixtyFourBitsAndANetworkFortyEight() {
    Crowd crowd = crowd(1, 2, 100);
    assertThat(enter(crowd, "2001:db8:1:1::1")).isEqualTo("welcome");
    assertThat(enter(crowd, "2001:db8:1:1:ffff::2")).isEqualTo("ADDRESS 2001:db8:1:1:0:0:0:0/64 1");
    assertThat(enter(crowd, "2001:db8:1:2::1")).isEqualTo("welcome");
    assertThat(enter(crowd, "2001:db8:1:3::1")).isEqualTo("NETWORK 2001:db8:1:0:0:0:0:0/48 2");
    assertThat(enter(crowd, "2001:db8:2:3::1")).isEqualTo("welcome");
  }

  @Test
  void nobodyComesTooOften() {
    Crowd crowd = crowd(100, 100, 6);
    for (int i = 0; i < 6; i++) {
      assertThat(comesAndGoes(crowd, "192.0.2.1")).isEqualTo("welcome");
    }
    assertThat(comesAndGoes(crowd, "192.0.2.1")).isEqualTo("RATE 192.0.2.1 6");
    clock.passes(Duration.ofSeconds(10));
    assertThat(comesAndGoes(crowd, "192.0.2.1")).isEqualTo("welcome");
    assertThat(comesAndGoes(crowd, "192.0.2.1")).isEqualTo("RATE 192.0.2.1 6");
    clock.passes(Duration.ofMinutes(1));
    for (int i = 0; i < 6; i++) {
      assertThat(comesAndGoes(crowd, "192.0.2.1")).isEqualTo("welcome");
    }
  }

  @Test
  void thisMachineIsNotCountedUnlessItShallBe() {
    Crowd exempt = crowd(1, 1, 1);
    Crowd counting = new Crowd(new Crowd.Limits(1, 5, 9, true), clock);
    for (String address : new String[] {"127.0.0.1", "127.0.0.1", "127.9.9.9", "::1", "::1"}) {
      assertThat(enter(exempt, address)).isEqualTo("welcome");
      leave(exempt, address);
    }
    assertThat(exempt.counted()).isZero();
    assertThat(enter(counting, "127.0.0.1")).isEqualTo("welcome");
    assertThat(enter(counting, "127.0.0.1")).startsWith("ADDRESS");
    assertThat(enter(counting, "::1")).isEqualTo("welcome");
    assertThat(enter(counting, "::1")).startsWith("ADDRESS");
  }

  @Test
  void whoIsGoneIsForgotten() {
    Crowd crowd = crowd(10, 10, 10);
    Random random = new Random(4);
    byte[] octets = new byte[16];
    for (int i = 0; i < 10_000; i++) {
      random.nextBytes(octets);
      octets[0] = 0x20;
      String address = address(octets).getHostAddress();
      assertThat(enter(crowd, address)).isEqualTo("welcome");
      leave(crowd, address);
    }
    assertThat(crowd.counted()).isZero();
  }

  @Test
  void aThirtyTwoOfIpv6DoesNotFillTheMemory() {
    Rate rate = new Rate(10, clock);
    byte[] octets = new byte[16];
    octets[0] = 0x20;
    for (int i = 0; i < 120_000; i++) {
      octets[4] = (byte) (i >> 16);
      octets[5] = (byte) (i >> 8);
      octets[6] = (byte) i;
      assertThat(rate.allows(Origin.of(address(octets)).address())).isTrue();
    }
    assertThat(rate.remembered()).isEqualTo(50_000);
    clock.passes(Duration.ofMinutes(2));
    assertThat(rate.allows(Origin.of("192.0.2.1").address())).isTrue();
    assertThat(rate.remembered()).isEqualTo(1);
  }

  private Crowd crowd(int address, int network, int perMinute) {
    return new Crowd(new Crowd.Limits(address, network, perMinute, false), clock);
  }

  private static String comesAndGoes(Crowd crowd, String address) {
    String answer = enter(crowd, address);
    if (answer.equals("welcome")) {
      leave(crowd, address);
    }
    return answer;
  }

  private static String enter(Crowd crowd, String address) {
    return switch (crowd.enter(InetAddress.ofLiteral(address))) {
      case Answer.Welcome() -> "welcome";
      case Answer.TooMany(Share share, var origin, int most) -> share + " " + origin + " " + most;
    };
  }

  private static void leave(Crowd crowd, String address) {
    crowd.leave(InetAddress.ofLiteral(address));
  }

  private static InetAddress address(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
