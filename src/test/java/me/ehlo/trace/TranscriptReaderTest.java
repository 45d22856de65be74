package me.ehlo.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import me.ehlo.mail.Parsed;
import org.junit.jupiter.api.Test;

class TranscriptReaderTest {

  @Test
  void everyMarkIsReadAsItIsWritten() {
    String text =
        Arrays.stream(Mark.values())
            .map(mark -> mark.sign() + " of " + mark + "\n")
            .collect(Collectors.joining());

    assertThat(said(text)).extracting(Utterance::mark).containsExactly(Mark.values());
    assertThat(said(text)).allMatch(line -> line.text().equals("of " + line.mark()));
    assertThat(said("  |\n  |  two\n")).extracting(Utterance::text).containsExactly("", " two");
  }

  @Test
  void jsonIsReadAsItIsWritten() {
    String json =
        """
        {"v":1,"said":[
          {"at":"2026-11-22T12:00:00Z","mark":"<~*","text":"550 \\"no\\" \\\\ \\u00fc \\n."},
          { "at" : "x", "mark" : "|", "text" : "" }
        ]}
        """;

    assertThat(said(json))
        .extracting(Utterance::mark)
        .containsExactly(Mark.REFUSED_TLS, Mark.CONTENT);
    assertThat(said(json))
        .extracting(Utterance::text)
        .containsExactly("550 \"no\" \\ \u00fc \n.", "");
    String longest = "a".repeat(100_000);
    assertThat(said("{\"at\":\"\",\"mark\":\"->\",\"text\":\"" + longest + "\"}"))
        .singleElement()
        .isEqualTo(new Utterance(java.time.Instant.EPOCH, Mark.SENT, longest));
  }

  @Test
  void whatIsNoTranscriptIsSaid() {
    assertThat(wrong("")).isEqualTo("it is empty");
    assertThat(wrong("<-  220 x\nHello\n")).isEqualTo("line 2 begins with no mark of swaks");
    assertThat(wrong("{}")).isEqualTo("nothing in it has a mark of swaks and a text");
    assertThat(wrong("{\"mark\":\"?\",\"text\":\"\"}")).startsWith("nothing in it has a mark");
    assertThat(wrong("{\"mark\":")).startsWith("it is no JSON: ");
  }

  private static List<Utterance> said(String text) {
    return ((Parsed.Right<List<Utterance>>) TranscriptReader.read(text)).value();
  }

  private static String wrong(String text) {
    return ((Parsed.Wrong<List<Utterance>>) TranscriptReader.read(text)).why();
  }
}
