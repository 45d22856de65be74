package me.ehlo.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A host's address and a socket's path, as people read them and as others need them. */
class DestinationTest {

  @Test
  void aHost() {
    Destination host = new Destination("mx.test", InetAddress.ofLiteral("2001:db8::25"), 25);
    assertThat(host.shown()).isEqualTo("[2001:db8:0:0:0:0:0:25]:25");
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
}
