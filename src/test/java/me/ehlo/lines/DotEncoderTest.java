package me.ehlo.lines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 1939 §3: whatever the content and however it comes in pieces, its reader gets it back and finds its end. */
class DotEncoderTest {
  private static final int LENGTH_MAX = 7;

  @Test
  void everyShortContentComesBackHoweverItIsCut() {
    List<String> contents = new ArrayList<>();
    collect("", contents);
    assertThat(contents).hasSizeGreaterThan(500).contains("", "..", ".\r\n.", "x\r\n..\r\n");
    for (String content : contents) {
      for (int cuts = 0; cuts < 1 << Math.max(0, content.length() - 1); cuts++) {
        String encoded = encode(pieces(content, cuts));
        String whole = content.isEmpty() || content.endsWith("\r\n") ? content : content + "\r\n";
        assertThat(decode(encoded)).as("%s cut by %s", content, cuts).isEqualTo(whole);
      }
    }
  }

  @Test
  void aPieceWithoutDotsIsNotCopied() {
    byte[] piece = "a.b\r\nc.\r\n".getBytes(ISO_8859_1);
    assertThat(new DotEncoder().encode(piece)).isSameAs(piece);
  }

  @Test
  void theEndIsOneLineWithADot() {
    assertThat(encode(List.of("x"))).isEqualTo("x\r\n.\r\n");
    assertThat(encode(List.of("x\r\n"))).isEqualTo("x\r\n.\r\n");
    assertThat(encode(List.of())).isEqualTo(".\r\n");
  }

  /** All strings over CRLF, dot and x that are at most so long. */
  private static void collect(String prefix, List<String> contents) {
    contents.add(prefix);
    for (String next : List.of("\r\n", ".", "x")) {
      if (prefix.length() + next.length() <= LENGTH_MAX) {
        collect(prefix + next, contents);
      }
    }
  }

  /** Cuts behind each character whose bit is set: between CR and LF too. */
  private static List<String> pieces(String content, int cuts) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    for (int i = 1; i < content.length(); i++) {
      if ((cuts >> (i - 1) & 1) == 1) {
        pieces.add(content.substring(from, i));
        from = i;
      }
    }
    pieces.add(content.substring(from));
    return pieces;
  }

  private static String encode(List<String> pieces) {
    DotEncoder encoder = new DotEncoder();
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    pieces.forEach(piece -> wire.writeBytes(encoder.encode(piece.getBytes(ISO_8859_1))));
    wire.writeBytes(encoder.end());
    return wire.toString(ISO_8859_1);
  }

  /** As strict as a reader can be: lines end in CRLF, the only line with one dot is the last. */
  private static String decode(String wire) {
    List<String> lines = Arrays.asList(wire.split("\r\n", -1));
    assertThat(lines.getLast()).isEmpty();
    assertThat(lines.indexOf(".")).isEqualTo(lines.size() - 2);
    StringBuilder content = new StringBuilder();
    for (String line : lines.subList(0, lines.size() - 2)) {
      assertThat(line).doesNotContain("\r", "\n");
      content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
    }
    return content.toString();
  }
}
