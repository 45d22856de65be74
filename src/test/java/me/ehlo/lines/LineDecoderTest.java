package me.ehlo.lines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where command lines end and what may stand in them; every case at every cut. */
class LineDecoderTest {
  private static final int LIMIT = 40;

  @Test
  void everyOctetInALine() {
    for (int octet = 0; octet < 256; octet++) {
      List<Line> lines = decode("a" + (char) octet + "b\r\n", true);
      Line wanted =
          switch (octet) {
            case '\n' -> new Line.BareLineFeed();
            case 0x1B -> new Line.EscapeSequence();
            case 0x7F -> new Line.ControlCharacter(0x7F);
            case 255 -> new Line.Text("a"); // telnet's IAC, and "b" is what it commands
            default -> other(octet);
          };
      assertThat(lines.getFirst()).as("octet " + octet).isEqualTo(wanted);
    }
  }

  private static Line other(int octet) {
    if (octet < ' ' && octet != '\t') {
      return new Line.ControlCharacter(octet);
    }
    return octet < 0x80 ? new Line.Text("a" + (char) octet + "b") : new Line.NotUtf8();
  }

  static List<Arguments> lines() {
    return List.of(
        Arguments.of("plain", "NOOP\r\n", List.of(new Line.Text("NOOP"))),
        Arguments.of("empty", "\r\n", List.of(new Line.Text(""))),
        Arguments.of("two", "a\r\nb\r\n", List.of(new Line.Text("a"), new Line.Text("b"))),
        Arguments.of("not ended", "a\r\nb", List.of(new Line.Text("a"))),
        Arguments.of("CR alone ends nothing", "a\r", List.of()),
        Arguments.of("CR inside", "a\rb\r\n", List.of(new Line.ControlCharacter('\r'))),
        Arguments.of("CR twice", "a\r\r\n", List.of(new Line.ControlCharacter('\r'))),
        Arguments.of("LF alone", "a\nb\r\n", List.of(new Line.BareLineFeed(), new Line.Text("b"))),
        Arguments.of("LF first", "\n", List.of(new Line.BareLineFeed())),
        Arguments.of("NUL", "a\0\r\n", List.of(new Line.ControlCharacter(0))),
        Arguments.of("NUL hides no end", "a\r\0\n", List.of(new Line.BareLineFeed())),
        Arguments.of(
            "TLS",
            "\u0016\u0003\u0001\u0002\r\n",
            List.of(new Line.TlsHandshake(), new Line.ControlCharacter(1))),
        Arguments.of("no TLS", "a\u0016\u0003\r\n", List.of(new Line.ControlCharacter(0x16))),
        Arguments.of("Ctrl-V", "\u0016a\r\n", List.of(new Line.ControlCharacter(0x16))),
        Arguments.of("arrow key", "a\u001B[D\r\n", List.of(new Line.EscapeSequence())),
        Arguments.of(
            "as long as may be", "x".repeat(38) + "\r\n", List.of(new Line.Text("x".repeat(38)))),
        Arguments.of(
            "one too long",
            "x".repeat(39) + "\r\nb\r\n",
            List.of(new Line.TooLong(LIMIT), new Line.Text("b"))),
        Arguments.of(
            "far too long",
            "x".repeat(400) + "\r\nb\r\n",
            List.of(new Line.TooLong(LIMIT), new Line.Text("b"))),
        Arguments.of(
            "too long, LF alone",
            "x".repeat(60) + "\nb\r\n",
            List.of(new Line.TooLong(LIMIT), new Line.Text("b"))),
        Arguments.of("WILL", "\u00FF\u00FB\u001Fa\r\n", List.of(new Line.Text("a"))),
        Arguments.of("DO in the middle", "a\u00FF\u00FD\u0001b\r\n", List.of(new Line.Text("ab"))),
        Arguments.of("an option that is LF", "a\u00FF\u00FB\nb\r\n", List.of(new Line.Text("ab"))),
        Arguments.of(
            "subnegotiation",
            "a\u00FF\u00FA\u0018\0\r\n\u00FF\u00FFx\u00FF\u00F0b\r\n",
            List.of(new Line.Text("ab"))),
        Arguments.of("NOP", "a\u00FF\u00F1b\r\n", List.of(new Line.Text("ab"))),
        Arguments.of("IAC twice", "a\u00FF\u00FFb\r\n", List.of(new Line.Text("ab"))),
        Arguments.of("IAC between CR and LF", "a\r\u00FF\u00F1\n", List.of(new Line.Text("a"))),
        Arguments.of("overlong UTF-8", "\u00C0\u00AF\r\n", List.of(new Line.NotUtf8())),
        Arguments.of("a surrogate in UTF-8", "\u00ED\u00A0\u0080\r\n", List.of(new Line.NotUtf8())),
        Arguments.of("half a character", "a\u00C3\r\n", List.of(new Line.NotUtf8())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lines")
  void isTheSameWhereverItIsCut(String what, String octets, List<Line> wanted) {
    assertThat(decode(octets, false)).as(what).isEqualTo(wanted);
    assertThat(decode(octets, true)).as(what + ", strict").isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource({
    "HELPP<, HELP",
    "<<HELP, HELP",
    "ab<<<<c, c",
    "é<e, e",
    "aé<, a",
    "€<<, ''",
    "😀<x, x",
  })
  void backspaceTakesBackOneCharacter(String typed, String meant) {
    for (char key : new char[] {'\b', 0x7F}) {
      String octets = new String((typed + "\r\n").getBytes(UTF_8), ISO_8859_1).replace('<', key);
      assertThat(decode(octets, false)).containsExactly(new Line.Text(meant));
      assertThat(decode(octets, true).getFirst()).isEqualTo(new Line.ControlCharacter(key));
    }
  }

  @Test
  void backspaceReachesNoEarlierLine() {
    assertThat(decode("a\r\n\b\bb\r\n", false))
        .containsExactly(new Line.Text("a"), new Line.Text("b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u00FF\u00FB\u0001", "\u00FF\u00FA\u0018\0x\r\n\u00FF\u00F0", "\u00FF\u00F1"})
  void negotiationAloneIsSkippedAndTextIsNot(String negotiation) {
    byte[] octets = (negotiation + negotiation + "EHLO").getBytes(ISO_8859_1);
    LineDecoder decoder = new LineDecoder(LIMIT, false);
    assertThat(decoder.skipNegotiation(octets, 0, octets.length)).isEqualTo(octets.length - 4);
    assertThat(decoder.skipNegotiation(octets, octets.length - 4, octets.length))
        .isEqualTo(octets.length - 4);
  }

  /** Decodes at every cut into two and octet by octet; all must agree. */
  private static List<Line> decode(String text, boolean strict) {
    byte[] octets = text.getBytes(ISO_8859_1);
    List<Line> whole = decode(octets, strict, octets.length);
    for (int cut = 0; cut < octets.length; cut++) {
      assertThat(decode(octets, strict, cut)).as("cut at " + cut).isEqualTo(whole);
    }
    assertThat(decode(octets, strict, -1)).as("octet by octet").isEqualTo(whole);
    return whole;
  }

  private static List<Line> decode(byte[] octets, boolean strict, int cut) {
    LineDecoder decoder = new LineDecoder(LIMIT, strict);
    List<Line> lines = new ArrayList<>();
    int position = 0;
    while (position < octets.length) {
      int end = cut < 0 ? position + 1 : position < cut ? cut : octets.length;
      position = decoder.decode(octets, position, end);
      if (decoder.ended()) {
        lines.add(decoder.take());
      }
    }
    return lines;
  }
}
