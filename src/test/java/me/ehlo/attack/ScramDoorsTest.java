package me.ehlo.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import me.ehlo.attack.FiveDoors.Door;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * SCRAM on each door (RFC 4954, RFC 5034, RFC 7677), held by another program's client over real TLS, and bound to that
 * connection by what the client's own TLS computes (RFC 9266).
 */
class ScramDoorsTest {
  private static final String SCRAM = "SCRAM-SHA-256";
  private static final String PLUS = "SCRAM-SHA-256-PLUS";

  @ParameterizedTest
  @EnumSource
  void eachPasswordLogsInWithoutCrossingTheWire(Door door) throws ScramException {
    try (FiveDoors house = new FiveDoors()) {
      for (String password : List.of("secret", "telephone")) {
        for (boolean initial : List.of(true, false)) {
          try (Peer peer = house.encrypted(door)) {
            ScramClient client = client(SCRAM, password, Optional.empty());
            assertThat(logIn(door, peer, client, SCRAM, initial)).startsWith(welcome(door));
            assertThat(peer.toString()).doesNotContain(password);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void boundToTheConnection(Door door) throws ScramException {
    try (FiveDoors house = new FiveDoors();
        Peer peer = house.encrypted(door)) {
      ScramClient client = client(PLUS, "secret", Optional.of(peer.binding()));
      assertThat(logIn(door, peer, client, PLUS, true)).startsWith(welcome(door));
    }
  }

  /** Somebody in the middle has two TLS connections, and what is proved on one is worth nothing on the other. */
  @ParameterizedTest
  @EnumSource
  void boundToAnotherConnection(Door door) throws ScramException {
    try (FiveDoors house = new FiveDoors();
        Peer victim = house.encrypted(door);
        Peer middle = house.encrypted(door)) {
      ScramClient client = client(PLUS, "secret", Optional.of(victim.binding()));
      String first = say(door, middle, "AUTH " + PLUS + " " + base64(client.clientFirstMessage()));
      client.serverFirstMessage(first);
      assertThat(say(door, middle, base64(client.clientFinalMessage())))
          .isEqualTo("e=channel-bindings-dont-match");
      assertThat(middle.asks("", "")).startsWith(wrong(door));
      assertThat(house.decided()).doesNotContain("logged-in", "pop3-logged-in");
    }
  }

  /** A client that could bind and was told that we cannot has met somebody in the middle (RFC 5802 §6). */
  @ParameterizedTest
  @EnumSource
  void whoeverHidesTheBindingIsFoundOut(Door door) {
    try (FiveDoors house = new FiveDoors();
        Peer peer = house.encrypted(door)) {
      assertThat(say(door, peer, "AUTH SCRAM-SHA-256 " + base64("y,,n=ann,r=x")))
          .isEqualTo("e=server-does-support-channel-binding");
      assertThat(peer.asks("", "")).startsWith(wrong(door));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theWrongPassword(Door door) throws ScramException {
    try (FiveDoors house = new FiveDoors();
        Peer peer = house.encrypted(door)) {
      ScramClient client = client(SCRAM, "secrets", Optional.empty());
      String first = say(door, peer, "AUTH " + SCRAM + " " + base64(client.clientFirstMessage()));
      client.serverFirstMessage(first);
      peer.says(base64(client.clientFinalMessage()));
      assertThat(peer.reply()).startsWith(wrong(door));
      assertThat(house.decided()).doesNotContain("logged-in", "pop3-logged-in");
    }
  }

  /** The whole exchange, the server's proof included; what is said at its end. */
  private static String logIn(
      Door door, Peer peer, ScramClient client, String mechanism, boolean initial)
      throws ScramException {
    String message = base64(client.clientFirstMessage());
    if (!initial) {
      assertThat(say(door, peer, "AUTH " + mechanism)).isEmpty();
    }
    client.serverFirstMessage(
        say(door, peer, initial ? "AUTH " + mechanism + " " + message : message));
    client.serverFinalMessage(say(door, peer, base64(client.clientFinalMessage())));
    return peer.asks("", "");
  }

  /** Says a line and hears a challenge. */
  private static String say(Door door, Peer peer, String line) {
    String challenge = peer.asks(line, door.reads ? "+ " : "334 ").strip();
    int space = challenge.indexOf(' ');
    return space < 0
        ? ""
        : new String(Base64.getDecoder().decode(challenge.substring(space + 1)), UTF_8);
  }

  private static ScramClient client(String mechanism, String password, Optional<byte[]> binding) {
    ScramClient.FinalBuildStage built =
        ScramClient.builder()
            .advertisedMechanisms(List.of(mechanism))
            .username("ann@ehlo.test")
            .password(password.toCharArray());
    return binding
        .map(octets -> built.channelBinding("tls-exporter", octets))
        .orElse(built)
        .build();
  }

  private static String welcome(Door door) {
    return door.reads ? "+OK" : "235 2.7.0";
  }

  private static String wrong(Door door) {
    return door.reads ? "-ERR [AUTH]" : "535 5.7.8";
  }

  private static String base64(Object message) {
    return Base64.getEncoder().encodeToString(message.toString().getBytes(UTF_8));
  }
}
