package me.ehlo.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.Mechanisms;
import me.ehlo.smtp.server.Client;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a client is offered mechanisms, by where it is, who speaks for it and what the conversation runs over. */
class LoginRulesTest {
  private static final Channel TLS = new Channel("TLSv1.3", "a suite", Optional.of("00"));

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, clear, loopback, 127.0.0.1 clear",
    "127.0.0.1, 127.0.0.1, clear, never, ''",
    "0:0:0:0:0:0:0:1, 0:0:0:0:0:0:0:1, clear, loopback, 0:0:0:0:0:0:0:1 clear",
    "192.0.2.1, 192.0.2.1, clear, loopback, ''",
    "192.0.2.1, 127.0.0.1, clear, loopback, ''",
    "127.0.0.1, 192.0.2.1, clear, loopback, ''",
    "0.0.0.0, 127.0.0.1, clear, loopback, ''",
    "192.0.2.1, 192.0.2.1, tls, loopback, 192.0.2.1 tls",
    "192.0.2.1, 192.0.2.1, tls, never, 192.0.2.1 tls",
    "192.0.2.1, 127.0.0.1, tls, never, 192.0.2.1 tls",
  })
  void offered(String address, String peer, String over, String rule, String expected) {
    Channel channel = over.equals("tls") ? TLS : Channel.CLEAR;
    LoginRules rules = new LoginRules(rule.equals("loopback"), LoginRulesTest::asked);
    Client client = new Client("C", address, peer, channel, Optional.empty());
    assertThat(String.join(" ", rules.mechanisms(client).names())).isEqualTo(expected);
  }

  /** Mechanisms that tell what was asked. */
  private static Mechanisms asked(String address, Channel channel) {
    return new Mechanisms(
        List.of(address, channel.encrypted() ? "tls" : "clear"),
        Mechanisms.none().authority(),
        Optional.empty());
  }
}
