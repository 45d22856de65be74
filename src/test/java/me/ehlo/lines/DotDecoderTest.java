package me.ehlo.lines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Only CRLF.CRLF ends a mail: all short strings against an oracle, in one run and cut everywhere. */
class DotDecoderTest {
  private static final String END = "\r\n.\r\n";

  /** Where the string stands: in a line, at the beginning of the mail, and at the beginning of a later line. */
  private static final List<String> BEFORE = List.of("x", "", "x\r\n");

  private static final List<String> BEHIND = List.of("x" + END, END);

  /** What came of decoding: where the mail ended and what it holds. */
  private record Decoded(int behind, String content, ContentScan.Flaw flaw) {}

  @Test
  void allStringsUpToSevenOctetsMeanWhatTheOracleSays() {
    AtomicInteger strings = new AtomicInteger();
    NaiveDots.everyString(
        1,
        7,
        string -> {
          strings.incrementAndGet();
          inContexts(string).forEach(stream -> check(stream, Set.of()));
        });
    assertThat(strings).hasValue(97_655);
  }

  @Test
  void allStringsUpToFourOctetsMeanTheSameWhereverTheyAreCut() {
    NaiveDots.everyString(
        0,
        4,
        string ->
            inContexts(string)
                .forEach(stream -> {
                  for (int first = 0; first <= stream.length(); first++) {
                    for (int second = first; second <= stream.length(); second++) {
                      check(stream, new TreeSet<>(Set.of(first)), second);
                    }
                  }
                }));
  }

  @Test
  void oneOctetAtATimeIsNoDifferent() {
    NaiveDots.everyString(
        0,
        5,
        string ->
            inContexts(string)
                .forEach(stream -> {
                  Set<Integer> everywhere = new TreeSet<>();
                  for (int i = 0; i < stream.length(); i++) {
                    everywhere.add(i);
                  }
                  check(stream, everywhere);
                }));
  }

  @Test
  void everyOctetIsContent() {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < 256; c++) {
      all.append(c).append(c == '\r' ? "\n" : "");
    }
    Decoded decoded = decode(all + END, Set.of());
    assertThat(decoded.content()).isEqualTo(all + "\r\n");
  }

  @Test
  void whatFollowsTheEndIsLeftForTheNextCommand() {
    String stream = "x" + END + "MAIL FROM:<>\r\n";
    assertThat(decode(stream, Set.of()).behind()).isEqualTo(("x" + END).length());
  }

  @Test
  void nothingIsDecodedBehindTheEnd() {
    DotDecoder decoder = new DotDecoder();
    byte[] end = ".\r\n".getBytes(ISO_8859_1);
    assertThat(decoder.decode(end, 0, end.length, (_, _, _) -> {})).isEqualTo(3);
    assertThat(decoder.ended()).isTrue();
    assertThatThrownBy(() -> decoder.decode(end, 0, 1, (_, _, _) -> {}))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Stream<String> inContexts(String string) {
    return BEFORE.stream()
        .flatMap(before -> BEHIND.stream().map(behind -> before + string + behind));
  }

  private static void check(String stream, Set<Integer> cuts, int cut) {
    cuts.add(cut);
    check(stream, cuts);
  }

  private static void check(String stream, Set<Integer> cuts) {
    NaiveDots.Read read = NaiveDots.read(stream);
    Decoded wanted = new Decoded(read.behind(), read.content(), NaiveDots.flaw(read.content()));
    Decoded decoded = decode(stream, cuts);
    if (!decoded.equals(
        wanted)) { // asked here because a million describing assertions take their time
      assertThat(visible(decoded))
          .as("%s cut at %s", visible(stream), cuts)
          .isEqualTo(visible(wanted));
    }
  }

  private static Decoded decode(String stream, Set<Integer> cuts) {
    byte[] octets = stream.getBytes(ISO_8859_1);
    DotDecoder decoder = new DotDecoder();
    ContentScan scan = new ContentScan();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    OctetSink<RuntimeException> sink =
        (run, offset, length) -> {
          content.write(run, offset, length);
          scan.see(run, offset, length);
        };
    int from = 0;
    for (int cut : cuts) {
      if (cut > from && !decoder.ended()) {
        from = decoder.decode(octets, from, cut, sink);
      }
    }
    if (!decoder.ended()) {
      from = decoder.decode(octets, from, octets.length, sink);
    }
    return new Decoded(decoder.ended() ? from : -1, content.toString(ISO_8859_1), scan.atEnd());
  }

  private static String visible(Object text) {
    return text.toString().replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
  }
}
