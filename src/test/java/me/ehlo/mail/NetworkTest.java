package me.ehlo.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24,       192.0.2.255,            true",
    "192.0.2.0/24,       192.0.3.0,              false",
    "192.0.2.128/25,     192.0.2.128,            true",
    "192.0.2.128/25,     192.0.2.127,            false",
    "192.0.2.7,          192.0.2.7,              true",
    "192.0.2.7,          192.0.2.6,              false",
    "0.0.0.0/0,          203.0.113.9,            true",
    "0.0.0.0/0,          2001:db8::1,            false",
    "::/0,               2001:db8::1,            true",
    "::/0,               192.0.2.1,              false",
    "2001:db8::/33,      2001:db8:7fff::1,       true",
    "2001:db8::/33,      2001:db8:8000::1,       false",
    "::1,                0:0:0:0:0:0:0:1,        true",
    "192.0.2.0/24,       ::ffff:192.0.2.9,       true",
    "::ffff:192.0.2.9,   192.0.2.9,              true",
    "127.0.0.0/8,        localhost,              false",
    "127.0.0.0/8,        127.0.0.0/8,            false",
    "127.0.0.0/8,        127.1,                  false",
    "127.0.0.0/8,        2130706433,             false",
    "::/0,               fe80::1%eth0,           false",
  })
  void containsWhatHasItsPrefix(String network, String address, boolean expected) {
    assertThat(network(network).contains(address)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.0/24", "192.0.2.7", "2001:db8:0:0:0:0:0:0/32", "0.0.0.0/0"})
  void isShownAsItCanBeRead(String text) {
    assertThat(network(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/8",
        "localhost",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "10.0.0.0/99999999999",
        "10.0.0.0/+8",
        "10.0.0.1/8",
        "10.0.0",
        "10.0.0.256",
        "2001:db8::/129",
        "2001:db8::1/64",
        "2001:db8",
        "1::2::3",
        "[::1]",
        "fe80::1%1",
        "10.0.0.0/8 ",
        "a.example/8"
      })
  void readsNothingElse(String text) {
    assertThat(Network.parse(text)).isInstanceOf(Parsed.Wrong.class);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, true", "127.255.0.1, true", "::1, true", "10.0.0.1, false", "::2, false"})
  void knowsTheMachineItself(String address, boolean expected) {
    assertThat(Network.LOOPBACK)
        .filteredOn(network -> network.contains(InetAddress.ofLiteral(address)))
        .hasSize(expected ? 1 : 0);
  }

  private static Network network(String text) {
    return ((Parsed.Right<Network>) Network.parse(text)).value();
  }
}
