package me.ehlo.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.ehlo.call.Protocol;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Utterance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LooksTest {
  private static final Instant NOW = Instant.parse("2026-11-21T23:40:11Z");
  private static final Looks COLOURED = new Looks(true, true, true, false, false);

  @ParameterizedTest
  @CsvSource({"SENT, 34", "RECEIVED, 31", "REFUSED, 1 31", "ERROR, 1", "ADVICE, 2"})
  void blueIsSentRedIsReceivedAndARefusalIsBold(Mark mark, String colours) {
    String style = "\033[" + colours.replace(" ", "m\033[") + "m";
    assertThat(painted(COLOURED, mark, "text", 80).getFirst())
        .isEqualTo(style + mark.sign() + " text\033[0m");
  }

  @Test
  void howLongTheServerWillWait() {
    assertThat(StatusLine.idle(Protocol.SMTP, Duration.ofSeconds(4))).isEmpty();
    assertThat(StatusLine.idle(Protocol.SMTP, Duration.ofSeconds(80)))
        .isEqualTo("  idle 1 min 20 s, the server waits 3 min 40 s more");
    assertThat(StatusLine.idle(Protocol.SMTP, Duration.ofMinutes(5)))
        .isEqualTo("  idle 5 min 0 s, the server may hang up now");
    assertThat(StatusLine.idle(Protocol.POP3, Duration.ofMinutes(5)))
        .endsWith("waits 5 min 0 s more");
    assertThat(StatusLine.waiting("TLS", Duration.ofMillis(50)))
        .isEqualTo("waiting for TLS  (Ctrl-C gives up)");
    assertThat(StatusLine.waiting("TLS", Duration.ofMillis(2500)))
        .isEqualTo("waiting for TLS, 2 s  (Ctrl-C gives up)");
  }

  @Test
  void withoutColourThereIsNotOneEscape() {
    for (Mark mark : Mark.values()) {
      assertThat(painted(Looks.PLAIN, mark, "text", 80).getFirst()).doesNotContain("\033");
    }
  }

  @Test
  void thePlainThemeHasNoRed() {
    Looks plain = new Looks(true, false, true, false, false);
    assertThat(painted(plain, Mark.REFUSED, "550 no", 80).getFirst()).startsWith("\033[1m<**");
    assertThat(painted(plain, Mark.RECEIVED, "250 ok", 80)).containsExactly("<-  250 ok");
  }

  @Test
  void explanationsFitTheWidthAndARowOfATableStaysOne() {
    assertThat(painted(Looks.PLAIN, Mark.ADVICE, "one two three four five", 20))
        .containsExactly("  # one two three", "  # four five");
    assertThat(painted(Looks.PLAIN, Mark.ADVICE, "  key     some value that is long", 30))
        .containsExactly("  #   key     some value that", "  #           is long");
    assertThat(painted(Looks.PLAIN, Mark.ADVICE, "x".repeat(50), 20)).hasSize(1);
  }

  @Test
  void timesStandAtTheRightOfWideTerminals() {
    Utterance utterance = new Utterance(NOW, Mark.RECEIVED, "250 ok");
    assertThat(new Painter(Looks.PLAIN).lines(utterance, Duration.ofMillis(84), 120).getFirst())
        .startsWith("<-  250 ok   ")
        .endsWith("   84 ms");
    assertThat(new Painter(Looks.PLAIN).lines(utterance, Duration.ofMillis(84), 80))
        .containsExactly("<-  250 ok");
    assertThat(Painter.time(Duration.ofMillis(12_040))).isEqualTo("12.0 s");
  }

  @Test
  void nothingOfOursIsTornAndATimeNeverIs() {
    Looks timed = new Looks(false, true, true, true, false);
    assertThat(painted(timed, Mark.ERROR, "not sent: the certificate is expired", 30))
        .containsExactly("*** not sent: the certificate", "*** is expired");
    assertThat(painted(timed, Mark.ADVICE, "one " + "x".repeat(30) + " two", 20))
        .containsExactly("  # one", "  # " + "x".repeat(30), "  # two");
    Utterance full = new Utterance(NOW, Mark.RECEIVED, "250 " + "x".repeat(32));
    assertThat(new Painter(timed).lines(full, Duration.ofMillis(84), 40).getFirst())
        .isEqualTo(full.line() + " ".repeat(33) + "84 ms");
    Utterance longer = new Utterance(NOW, Mark.RECEIVED, "250 " + "x".repeat(40));
    assertThat(new Painter(timed).lines(longer, Duration.ofMillis(84), 40).getFirst())
        .isEqualTo(longer.line() + " ".repeat(25) + "84 ms");
  }

  @Test
  void whatIsMutteredLooksLikeAllThatIsToldBeside() {
    assertThat(new Painter(COLOURED).muttered("connected in 3 ms"))
        .isEqualTo("\033[2mconnected in 3 ms\033[0m");
    assertThat(new Painter(COLOURED).muttered("\n")).isEqualTo("\n");
    assertThat(new Painter(Looks.PLAIN).muttered("connected")).isEqualTo("connected");
  }

  @Test
  void whatCannotBeShownIsWrittenInAscii() {
    Looks ascii = new Looks(false, true, false, false, false);
    assertThat(painted(ascii, Mark.ADVICE, "RFC 5321 \u00a74.2 \u2013 \u201cno\u201d \u00fc", 80))
        .containsExactly("  # RFC 5321 section 4.2 - \"no\" ?");
  }

  @Test
  void aTranscriptIsThereAfterEveryLineAndForNobodyElse(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("deep").resolve("t.txt");
    try (Transcript transcript = new Transcript(Optional.of(file), false)) {
      transcript.keep(new Utterance(NOW, Mark.SENT, "NOOP"));
      transcript.keep(new Utterance(NOW, Mark.ADVICE, "means nothing"));
      assertThat(Files.readString(file)).isEqualTo(" -> NOOP\n");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void conversationsOfTheSameSecondAreKeptApartAndAFileThatWasNamedIsReplaced(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("t.txt");
    for (String said : List.of("one", "two", "three")) {
      try (Transcript transcript = new Transcript(Optional.of(file), false)) {
        transcript.keep(new Utterance(NOW, Mark.SENT, said));
        transcript.keep(new Utterance(NOW, Mark.SENT, said));
        assertThat(transcript.place().map(Files::exists)).contains(true);
      }
    }
    assertThat(Files.readString(file)).isEqualTo(" -> one\n -> one\n");
    assertThat(Files.readString(folder.resolve("t-2.txt"))).isEqualTo(" -> two\n -> two\n");
    assertThat(Files.readString(folder.resolve("t-3.txt"))).isEqualTo(" -> three\n -> three\n");
    try (Transcript transcript = new Transcript(Optional.of(file), true)) {
      transcript.keep(new Utterance(NOW, Mark.SENT, "four"));
      assertThat(transcript.place()).contains(file);
    }
    assertThat(Files.readString(file)).isEqualTo(" -> four\n");
  }

  @Test
  void aTranscriptThatCannotBeKeptIsToldOfAndDoneWithout(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("file")).resolve("below").resolve("t.txt");
    try (Transcript transcript = new Transcript(Optional.of(file), false)) {
      transcript.keep(new Utterance(NOW, Mark.SENT, "NOOP"));
      assertThat(transcript.trouble()).isPresent();
      assertThat(transcript.place()).isEmpty();
      assertThat(transcript.said()).hasSize(1);
    }
  }

  @Test
  void itIsSavedForPeopleTicketsAndPrograms() {
    List<Utterance> said =
        List.of(
            new Utterance(NOW, Mark.SENT, "MAIL FROM:<a\"b\\c@d>"),
            new Utterance(NOW, Mark.REFUSED, "553 no"));
    assertThat(Saved.by("x.TXT").orElseThrow().text(said))
        .isEqualTo(" -> MAIL FROM:<a\"b\\c@d>\n<** 553 no\n");
    assertThat(Saved.by("x.md").orElseThrow().text(said))
        .startsWith("```\n -> MAIL")
        .endsWith("```\n");
    assertThat(Saved.by("x.json").orElseThrow().text(said))
        .contains(
            "{\"at\":\"2026-11-21T23:40:11Z\",\"mark\":\"->\",\"text\":\"MAIL"
                + " FROM:<a\\\"b\\\\c@d>\"}");
    assertThat(Saved.by("x.doc")).isEmpty();
  }

  private static List<String> painted(Looks looks, Mark mark, String text, int width) {
    return new Painter(looks).lines(new Utterance(NOW, mark, text), Duration.ZERO, width);
  }
}
