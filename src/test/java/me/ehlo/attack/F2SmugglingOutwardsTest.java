package me.ehlo.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import me.ehlo.lines.ContentScan;
import me.ehlo.lines.DotDecoder;
import me.ehlo.lines.DotEncoder;
import org.junit.jupiter.api.Test;

/**
 * F2: nothing in a mail is taken for its end by the next server, however it reads.
 *
 * <p>Every string of up to five octets stands in a mail. What holds a bare CR, a bare LF or NUL is not sent; the rest is
 * read back by a strict reader and by one that takes any line ending for one: both must find one mail, and the same.
 */
class F2SmugglingOutwardsTest {
  private static final char[] OCTETS = {'\r', '\n', '.', '\0', 'x'};
  private static final int LENGTH_MAX = 5;

  @Test
  void everyStringIsOneMailOrIsNotSent() {
    List<String> strings = new ArrayList<>(List.of(""));
    int sent = 0;
    for (int i = 0; i < strings.size(); i++) {
      String middle = strings.get(i);
      if (middle.length() < LENGTH_MAX) {
        for (char octet : OCTETS) {
          strings.add(middle + octet);
        }
      }
      String content = "a\r\n" + middle + "\r\nb\r\n";
      if (isFit(content)) {
        sent++;
        String wire = encoded(content);
        assertThat(strictly(wire)).isEqualTo(content);
        assertThat(wire.indexOf("\n.\r\n")).isEqualTo(wire.length() - 4);
        assertThat(wire.replace("\r\n", "")).doesNotContain("\r", "\n", "\0");
      }
    }
    assertThat(strings).hasSize(3906);
    assertThat(sent).isGreaterThan(50);
  }

  @Test
  void aDotIsStuffedWhereverThePieceIsCut() {
    String content = "a\r\n.\r\n..\r\nb\r\n";
    for (int cut = 0; cut <= content.length(); cut++) {
      DotEncoder encoder = new DotEncoder();
      ByteArrayOutputStream wire = new ByteArrayOutputStream();
      wire.writeBytes(encoder.encode(content.substring(0, cut).getBytes(ISO_8859_1)));
      wire.writeBytes(encoder.encode(content.substring(cut).getBytes(ISO_8859_1)));
      wire.writeBytes(encoder.end());
      assertThat(strictly(wire.toString(ISO_8859_1))).isEqualTo(content);
    }
  }

  private static boolean isFit(String content) {
    ContentScan scan = new ContentScan();
    byte[] octets = content.getBytes(ISO_8859_1);
    scan.see(octets, 0, octets.length);
    return scan.atEnd() == ContentScan.Flaw.NONE;
  }

  private static String encoded(String content) {
    DotEncoder encoder = new DotEncoder();
    return new String(encoder.encode(content.getBytes(ISO_8859_1)), ISO_8859_1)
        + new String(encoder.end(), ISO_8859_1);
  }

  private static String strictly(String wire) {
    DotDecoder decoder = new DotDecoder();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] octets = wire.getBytes(ISO_8859_1);
    int end = decoder.decode(octets, 0, octets.length, content::write);
    assertThat(decoder.ended()).isTrue();
    assertThat(end).isEqualTo(octets.length);
    return content.toString(ISO_8859_1);
  }
}
