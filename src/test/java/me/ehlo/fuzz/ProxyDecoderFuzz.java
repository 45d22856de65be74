package me.ehlo.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import me.ehlo.net.ProxyDecoder;

/** Whatever comes, a header is decided after few octets, the same in pieces of any size. */
class ProxyDecoderFuzz {
  private static final int LONGEST = 16 + 0xFFFF;

  /** The first octet says in pieces of which size the others come. */
  @FuzzTest
  void decode(byte[] octets) {
    if (octets.length == 0) {
      return;
    }
    byte[] header = Arrays.copyOfRange(octets, 1, octets.length);
    ProxyDecoder whole = new ProxyDecoder();
    ProxyDecoder pieces = new ProxyDecoder();
    int taken = feed(whole, header, Integer.MAX_VALUE);
    assertThat(feed(pieces, header, 1 + (octets[0] & 0x1F))).isEqualTo(taken);
    assertThat(pieces.header()).isEqualTo(whole.header());
    assertThat(taken).isLessThanOrEqualTo(LONGEST);
  }

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
}
