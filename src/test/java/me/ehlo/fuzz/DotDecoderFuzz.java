package me.ehlo.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import me.ehlo.lines.ContentScan;
import me.ehlo.lines.DotDecoder;
import me.ehlo.lines.DotEncoder;
import me.ehlo.lines.NaiveDots;

/** A mail ends where the oracle says, holds what it says, and survives being written and read again. */
class DotDecoderFuzz {

  /** The first octet says in pieces of which size the others come. */
  @FuzzTest
  void decode(byte[] octets) {
    if (octets.length == 0) {
      return;
    }
    int piece = 1 + (octets[0] & 0x1F);
    DotDecoder decoder = new DotDecoder();
    ContentScan scan = new ContentScan();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int at = 1;
    while (at < octets.length && !decoder.ended()) {
      at =
          decoder.decode(
              octets,
              at,
              Math.min(octets.length, at + piece),
              (run, offset, length) -> {
                content.write(run, offset, length);
                scan.see(run, offset, length);
              });
    }
    NaiveDots.Read wanted = NaiveDots.read(new String(octets, 1, octets.length - 1, ISO_8859_1));
    assertThat(decoder.ended()).isEqualTo(wanted.ended());
    if (decoder.ended()) {
      assertThat(at - 1).isEqualTo(wanted.behind());
      assertThat(content.toString(ISO_8859_1)).isEqualTo(wanted.content());
      assertThat(scan.atEnd()).isEqualTo(NaiveDots.flaw(wanted.content()));
      if (scan.atEnd() == ContentScan.Flaw.NONE) {
        checkRoundTrip(content.toByteArray(), piece);
      }
    }
  }

  private static void checkRoundTrip(byte[] content, int piece) {
    DotEncoder encoder = new DotEncoder();
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    for (int at = 0; at < content.length; at += piece) {
      encoded.writeBytes(
          encoder.encode(Arrays.copyOfRange(content, at, Math.min(content.length, at + piece))));
    }
    encoded.writeBytes(encoder.end());
    NaiveDots.Read read = NaiveDots.read(encoded.toString(ISO_8859_1));
    assertThat(read.behind()).isEqualTo(encoded.size());
    assertThat(read.content()).startsWith(new String(content, ISO_8859_1));
  }
}
