package me.ehlo.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The PROXY protocol as its specification has it, in pieces of every size, and never an octet behind the header. */
class ProxyDecoderTest {
  private static final String BEHIND = "EHLO client.example\r\n";
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PROXY TCP4 192.0.2.7 198.51.100.1 56324 25 | 192.0.2.7",
        "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535 | 255.255.255.255",
        "PROXY TCP4 192.0.2.7 198.51.100.1 0 0 | 192.0.2.7",
        "PROXY TCP6 2001:db8::7 2001:db8::1 56324 25 | 2001:db8:0:0:0:0:0:7",
        "PROXY TCP6 ::1 ::1 1 25 | 0:0:0:0:0:0:0:1",
        "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535 | ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "PROXY TCP6 ::ffff:192.0.2.7 ::ffff:192.0.2.1 1 25 | 192.0.2.7",
        "PROXY UNKNOWN | somebody",
        "PROXY UNKNOWN whatever stands here | somebody",
        "PROXY UNKNOWN ffff::1 ffff::2 65535 65535 | somebody",
      })
  void theLineOfVersionOne(String line, String expected) {
    check((line + "\r\n").getBytes(ISO_8859_1), expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY TCP4 192.0.2.7 198.51.100.1 56324\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 56324 25 more\r\n",
        "PROXY TCP4  192.0.2.7 198.51.100.1 56324 25\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 65536 25\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 -1 25\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 x 25\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 1 \r\n",
        "PROXY TCP4 192.0.2.256 198.51.100.1 1 25\r\n",
        "PROXY TCP4 192.0.2 198.51.100.1 1 25\r\n",
        "PROXY TCP4 2001:db8::7 2001:db8::1 1 25\r\n",
        "PROXY TCP6 192.0.2.7 198.51.100.1 1 25\r\n",
        "PROXY TCP6 2001:db8::7%eth0 2001:db8::1 1 25\r\n",
        "PROXY TCP6 2001:db8::/32 2001:db8::1 1 25\r\n",
        "PROXY TCP4 mx.example 198.51.100.1 1 25\r\n",
        "PROXY TCP4 192.0.2.7 mx.example 1 25\r\n",
        "PROXY TCP5 192.0.2.7 198.51.100.1 1 25\r\n",
        "PROXY tcp4 192.0.2.7 198.51.100.1 1 25\r\n",
        "PROXY UDP4 192.0.2.7 198.51.100.1 1 25\r\n",
        "PROXY \r\n",
        "PROXY  UNKNOWN\r\n",
        "PROXY UNKNOWNS\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 1 25\n\r\n",
        "PROXY TCP4\0192.0.2.7 198.51.100.1 1 25\r\n",
        "PROXY: a header of a mail\r\n",
        "proxy TCP4 192.0.2.7 198.51.100.1 1 25\r\n",
        "EHLO client.example\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00FC\u0003\u0003\u0000\u0000",
        "\r\n\r\nPROXY TCP4 192.0.2.7 198.51.100.1 1 25\r\n",
        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
      })
  void linesThatAreNone(String line) {
    assertThat(read(line.getBytes(ISO_8859_1), 1000))
        .get()
        .isInstanceOf(ProxyHeader.Malformed.class);
  }

  @Test
  void aLineHasAtMost107Octets() {
    String longest = "PROXY UNKNOWN " + "x".repeat(91) + "\r\n";
    assertThat(longest).hasSize(107);
    check(longest.getBytes(ISO_8859_1), "somebody");

    ProxyDecoder decoder = new ProxyDecoder();
    String longer = "PROXY UNKNOWN " + "x".repeat(200);
    int taken = feed(decoder, longer.getBytes(ISO_8859_1), 1);
    assertThat(decoder.header()).get().isInstanceOf(ProxyHeader.Malformed.class);
    assertThat(taken).isEqualTo(107);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "21 11 000c c0000207 c6336401 dc04 0019 | 192.0.2.7", // TCP over IPv4
        "21 21 0024 20010db8000000000000000000000007 20010db8000000000000000000000001 dc04 0019"
            + " | 2001:db8:0:0:0:0:0:7",
        "21 21 0024 00000000000000000000ffffc0000207 00000000000000000000ffffc6336401 dc04 0019"
            + " | 192.0.2.7",
        "21 11 0013 c0000207 c6336401 dc04 0019 01 0004 736d7470 | 192.0.2.7", // a TLV: ALPN
        "21 11 000e c0000207 c6336401 dc04 0019 ffff | 192.0.2.7", // a broken one: skipped, too
        "20 00 0000 | itself",
        "20 11 000c c0000207 c6336401 dc04 0019 | itself", // LOCAL: the addresses do not count
        "20 77 0003 010203 | itself",
        "21 00 0000 | somebody",
        "21 00 0005 0102030405 | somebody",
        "21 31 0000 | somebody", // a UNIX socket
      })
  void versionTwo(String hex, String expected) {
    check(octets(hex), expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "22 11 000c c0000207 c6336401 dc04 0019", // another command
        "11 11 000c c0000207 c6336401 dc04 0019", // another version
        "31 11 000c c0000207 c6336401 dc04 0019",
        "21 12 000c c0000207 c6336401 dc04 0019", // UDP
        "21 22 000c c0000207 c6336401 dc04 0019",
        "21 32 0000",
        "21 41 0000", // another family
        "21 11 000b c0000207 c6336401 dc04 00", // too short
        "21 11 0000",
        "21 21 000c c0000207 c6336401 dc04 0019",
        "21 21 0023 20010db8000000000000000000000007 20010db8000000000000000000000001 dc04 00",
      })
  void octetsThatAreNone(String hex) {
    byte[] header = octets(hex);
    for (int piece : new int[] {1, 2, 12, 1000}) {
      ProxyDecoder decoder = new ProxyDecoder();
      assertThat(feed(decoder, header, piece)).isEqualTo(16);
      assertThat(decoder.header()).get().isInstanceOf(ProxyHeader.Malformed.class);
    }
  }

  @Test
  void theLongestHeaderIsSkippedInPieces() {
    byte[] header = Arrays.copyOf(octets("21 11 ffff c0000207 c6336401 dc04 0019"), 16 + 0xFFFF);
    check(header, "192.0.2.7");
  }

  @Test
  void whatIsNotWholeIsNotDecided() {
    byte[] line = "PROXY TCP4 192.0.2.7 198.51.100.1 56324 25\r\n".getBytes(ISO_8859_1);
    byte[] second = octets("21 11 0013 c0000207 c6336401 dc04 0019 01 0004 736d7470");
    for (byte[] header : new byte[][] {line, second}) {
      for (int end = 0; end < header.length; end++) {
        assertThat(read(Arrays.copyOf(header, end), 1000)).isEmpty();
      }
    }
  }

  private static void check(byte[] header, String expected) {
    byte[] all = Arrays.copyOf(header, header.length + BEHIND.length());
    System.arraycopy(BEHIND.getBytes(ISO_8859_1), 0, all, header.length, BEHIND.length());
    for (int piece : new int[] {1, 2, 3, 7, 12, 15, 16, 17, 107, 4096}) {
      ProxyDecoder decoder = new ProxyDecoder();
      assertThat(feed(decoder, all, piece)).as("taken, by %d", piece).isEqualTo(header.length);
      assertThat(decoder.header().map(ProxyDecoderTest::named)).contains(expected);
    }
  }

  private static Optional<ProxyHeader> read(byte[] octets, int piece) {
    ProxyDecoder decoder = new ProxyDecoder();
    feed(decoder, octets, piece);
    return decoder.header();
  }

  /** Gives it what it wants, at most so many at once; how many it took. */
  private static int feed(ProxyDecoder decoder, byte[] octets, int piece) {
    int at = 0;
    while (decoder.header().isEmpty() && at < octets.length) {
      int count = Math.min(Math.min(piece, decoder.wants()), octets.length - at);
      assertThat(count).isPositive();
      decoder.take(Arrays.copyOfRange(octets, at, at + count), count);
      at += count;
    }
    return at;
  }

  private static String named(ProxyHeader header) {
    return switch (header) {
      case ProxyHeader.For(var client) -> client.getHostAddress();
      case ProxyHeader.ForSomebody() -> "somebody";
      case ProxyHeader.ForItself() -> "itself";
      case ProxyHeader.Malformed(var why) -> "malformed: " + why;
    };
  }

  private static byte[] octets(String hex) {
    return HexFormat.of().parseHex(SIGNATURE + hex.replace(" ", ""));
  }
}
