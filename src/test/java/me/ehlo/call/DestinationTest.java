package me.ehlo.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A host's address and a socket's path, as people read them and as others need them. */
class DestinationTest {

  @Test
  void aHost() {
    Destination host = new Destination("mx.test", InetAddress.ofLiteral("2001:db8::25"), 25);
    assertThat(host.shown()).isEqualTo("[2001:db8::25]:25");
    assertThat(host.address()).contains(InetAddress.ofLiteral("2001:db8::25"));
    assertThat(host.port()).isEqualTo(25);
    assertThat(host.socket()).isEmpty();
    assertThat(host.isHere()).isFalse();
    assertThat(host.at(587).shown()).endsWith(":587");
    assertThat(new Destination("x", InetAddress.ofLiteral("127.0.0.2"), 25).isHere()).isTrue();
  }

  @Test
  void aSocketInTheFileSystem() {
    Path path = Path.of("/run/dovecot/lmtp");
    Destination socket = Destination.of(path);
    assertThat(socket.shown()).isEqualTo("/run/dovecot/lmtp");
    assertThat(socket.socket()).contains(path);
    assertThat(socket.address()).isEmpty();
    assertThat(socket.port()).isZero();
    assertThat(socket.isHere()).isTrue();
    assertThat(socket.at(587).shown()).isEqualTo("127.0.0.1:587");
  }

  @Test
  void aSocketsNameTellsItsLanguage() {
    assertThat(Door.at(Path.of("/run/dovecot/lmtp"))).contains(Door.LMTP);
    assertThat(Door.at(Path.of("/var/spool/postfix/private/dovecot-lmtp"))).contains(Door.LMTP);
    assertThat(Door.at(Path.of("/var/lib/ehlo/submit.sock"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.25, 192.0.2.25:25",
    "2001:db8:0:0:0:0:0:25, [2001:db8::25]:25",
    "2001:db8:0:1:0:0:0:1, [2001:db8:0:1::1]:25",
    "2001:0:0:1:0:0:0:1, [2001:0:0:1::1]:25",
    "2001:db8:1:1:1:1:0:1, [2001:db8:1:1:1:1:0:1]:25",
    "10:20:0:0:30:0:0:1, [10:20::30:0:0:1]:25",
    "2001:db8:10:0:0:0:0:0, [2001:db8:10::]:25",
    "::1, [::1]:25",
    "::, [::]:25"
  })
  void theLongestRunOfZerosIsLeftOut(String address, String shown) {
    assertThat(new Destination("x.test", InetAddress.ofLiteral(address), 25).shown())
        .isEqualTo(shown);
  }
}
