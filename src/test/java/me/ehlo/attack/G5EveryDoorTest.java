package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import me.ehlo.access.Crowd;
import me.ehlo.attack.FiveDoors.Door;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** G5 on each door: one entrance counts for all of them, and whoever is one too many is told so where that costs nothing. */
class G5EveryDoorTest {
  private static final String CLIENT = "127.0.0.5";
  private static final String PROXY = "127.0.7.1";
  private static final String HEADER = "PROXY TCP4 192.0.2.7 198.51.100.1 56324 25\r\n";

  @ParameterizedTest
  @EnumSource
  void oneAddressHasItsShareOfAllDoorsTogether(Door door) {
    try (FiveDoors house = house(new Crowd.Limits(2, 100, 1000, true));
        Peer first = house.connectFrom(CLIENT, Door.TRANSFER);
        Peer second = house.connectFrom(CLIENT, Door.POP3)) {
      house.welcomed(first, Door.TRANSFER);
      house.welcomed(second, Door.POP3);
      try (Peer third = house.connectFrom(CLIENT, door)) {
        isTurnedAway(door, third);
        assertThat(house.decided())
            .containsExactly(door.reads ? "pop3-too-many-from-address" : "too-many-from-address");
      }
      try (Peer other = house.connectFrom("127.0.0.6", door)) {
        house.welcomed(other, door);
      }
      first.asks("NOOP", "250");
      second.asks("CAPA", "+OK");
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneNetworkHasItsShare(Door door) {
    try (FiveDoors house = house(new Crowd.Limits(100, 1, 1000, true));
        Peer first = house.connectFrom("127.0.3.1", door)) {
      house.welcomed(first, door);
      try (Peer second = house.connectFrom("127.0.3.2", door)) {
        isTurnedAway(door, second);
        assertThat(house.decided())
            .containsExactly(door.reads ? "pop3-too-many-from-network" : "too-many-from-network");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void nobodyComesTooOften(Door door) {
    try (FiveDoors house = house(new Crowd.Limits(100, 100, 1, true))) {
      try (Peer first = house.connectFrom(CLIENT, door)) {
        house.welcomed(first, door);
      }
      try (Peer second = house.connectFrom(CLIENT, door)) {
        isTurnedAway(door, second);
        assertThat(house.decided())
            .contains(door.reads ? "pop3-connects-too-often" : "connects-too-often");
      }
    }
  }

  /** A client that never begins its handshake has its place, and loses it when it goes. */
  @ParameterizedTest
  @EnumSource(
      value = Door.class,
      names = {"SUBMISSIONS", "POP3S"})
  void whoNeverBeginsTlsCounts(Door door) {
    try (FiveDoors house = house(new Crowd.Limits(1, 100, 1000, true))) {
      try (Peer silent = house.connectFrom(CLIENT, door)) {
        house.awaitOpened(1);
        try (Peer second = house.connectFrom(CLIENT, door)) {
          isTurnedAway(door, second);
        }
        silent.hangsUp();
        house.awaitNobodyHere();
      }
      try (Peer third = house.connectFrom(CLIENT, door)) {
        house.welcomed(third, door);
      }
    }
  }

  /** The header comes in the clear before the handshake, and the client is who it says. */
  @ParameterizedTest
  @EnumSource
  void aProxysHeaderComesBeforeTls(Door door) {
    try (FiveDoors house = house(new Crowd.Limits(1, 100, 1000, true), PROXY + "/32");
        Peer first = house.connectFrom(PROXY, door);
        Peer second = house.connectFrom(PROXY, door);
        Peer other = house.connectFrom(PROXY, door)) {
      house.welcomed(first.sends(HEADER), door);
      assertThat(house.clients()).containsExactly("192.0.2.7");
      isTurnedAway(door, second.sends(HEADER));
      house.welcomed(other.sends(HEADER.replace("192.0.2.7", "192.0.2.8")), door);
      assertThat(house.clients()).containsExactly("192.0.2.7", "192.0.2.8");
    }
  }

  /** A hello of TLS, or a command, is no header: a proxy that says none brings nobody. */
  @ParameterizedTest
  @EnumSource
  void aProxyWithoutAHeaderBringsNobody(Door door) {
    try (FiveDoors house = house(new Crowd.Limits(1, 100, 1000, true), PROXY + "/32");
        Peer peer = house.connectFrom(PROXY, door)) {
      peer.sends("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00FC\u0003\u0003\0\0\0\0\0");
      peer.hearsTheEnd();
      peer.hangsUp();
      house.awaitNobodyHere();
      assertThat(house.clients()).isEmpty();
      assertThat(house.decided()).containsExactly("proxy-not-understood");
    }
  }

  /** Within TLS it is too late: somebody else than the proxy could have written it. */
  @Test
  void noHeaderWithinTls() {
    for (Door door : List.of(Door.SUBMISSIONS, Door.POP3S)) {
      try (FiveDoors house = house(new Crowd.Limits(9, 100, 1000, true), PROXY + "/32");
          Peer peer = house.connectFrom(PROXY, door)) {
        house.welcomed(peer.sends(HEADER), door);
        peer.sends(HEADER.replace("192.0.2.7", "127.0.0.1"));
        peer.hears(door.reads ? "-ERR" : "554 5.5.0");
        peer.hearsTheEnd();
        assertThat(house.clients()).containsExactly("192.0.2.7");
      }
    }
  }

  private static void isTurnedAway(Door door, Peer peer) {
    if (!door.tlsFirst) {
      peer.hears(door.reads ? "-ERR [SYS/TEMP] " : "421 4.7.0");
    }
    peer.hearsTheEnd(); // where TLS comes first, without a word: a handshake would be too dear
  }

  private static FiveDoors house(Crowd.Limits crowd, String... proxies) {
    return new FiveDoors(Duration.ZERO, crowd, proxies);
  }
}
