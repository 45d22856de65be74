package me.ehlo.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyAnnouncementTest {

  @ParameterizedTest
  @CsvSource({
    "1, 192.0.2.7, 198.51.100.25",
    "2, 192.0.2.7, 198.51.100.25",
    "1, 2001:db8::7, 2001:db8::25",
    "2, 2001:db8::7, 2001:db8::25"
  })
  void whatIsAnnouncedIsReadAndNotOneOctetMore(int version, String source, String target)
      throws IOException {
    ProxyAnnouncement announcement =
        new ProxyAnnouncement(
            version,
            new InetSocketAddress(InetAddress.ofLiteral(source), 4711),
            new InetSocketAddress(InetAddress.ofLiteral(target), 25));
    ByteArrayInputStream in = new ByteArrayInputStream(announcement.octets());
    assertThat(new ProxyDecoder().read(in))
        .contains(new ProxyHeader.For(InetAddress.ofLiteral(source)));
    assertThat(in.available()).isZero();
  }
}
