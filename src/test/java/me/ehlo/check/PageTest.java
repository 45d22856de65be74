package me.ehlo.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.ehlo.check.Report.Cell;
import me.ehlo.check.Report.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  private static final Place V4 = place("5.6.7.8");
  private static final Place V6 = place("2a00:1::8");

  private static final Report REPORT =
      new Report(
          "example.org",
          Instant.parse("2026-11-22T10:00:00Z"),
          "MX",
          List.of("answer", "connect", "greet", "ehlo", "starttls", "cert"),
          List.of(row("10 mx1.example.org v4", V4), row("10 mx1.example.org v6", V6)),
          List.of(
              Finding.fail(
                  "cert",
                  V4,
                  "The certificate expired 30 Oct 2026.",
                  "Careful senders do not deliver.",
                  "Renew it."),
              Finding.fail(
                  "cert",
                  V6,
                  "The certificate expired 30 Oct 2026.",
                  "Careful senders do not deliver.",
                  "Renew it."),
              Finding.note(
                  "ipv6", Place.of("example.org"), "A \u001b[31mred\u001b[0m host.", "", ""),
              Finding.ok("connect", V4, "Connected in 27 ms."),
              Finding.ok("connect", V6, "Connected in 31 ms."),
              Finding.skip("rdns", V4, "Nothing.")));

  @Test
  void tellsWhatThereIsToDoOnceAndFirst() {
    String page = String.join("\n", new Page(80, true, false).lines(REPORT, false));
    assertThat(page.indent(-2).strip())
        .isEqualTo(
            """
            MX                     connect  greet    ehlo  starttls  cert
            10 mx1.example.org v4  27 ms    12.0 s*  ok    TLSv1.3   EXPIRED
            10 mx1.example.org v6  27 ms    12.0 s*  ok    TLSv1.3   EXPIRED
            * a deliberate greet delay, not slowness

            1 to fix, 1 to know, 1 fine                        (--all shows the fine ones)

            ✗ FAIL    cert       mx1.example.org v4, v6: The certificate expired 30 Oct
                                 2026.
                      means      Careful senders do not deliver.
                      do         Renew it.

            i NOTE    ipv6       A \\x1b[31mred\\x1b[0m host.\
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 120})
  void noLineIsLongerThanTheScreen(int width) {
    for (boolean all : new boolean[] {false, true}) {
      assertThat(new Page(width, false, false).lines(REPORT, all))
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    }
  }

  @Test
  void asciiAloneWillDo() {
    assertThat(String.join("\n", new Page(80, false, false).lines(REPORT, true)))
        .matches("(?s)\\p{ASCII}*")
        .contains("x FAIL", "i NOTE", "+ OK", "- SKIP");
  }

  @Test
  void colourAddsNothingButColour() {
    List<String> plain = new Page(80, true, false).lines(REPORT, true);
    List<String> coloured = new Page(80, true, true).lines(REPORT, true);
    assertThat(coloured).anyMatch(line -> line.contains("\u001b[1;31m"));
    assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
        .isEqualTo(plain);
    assertThat(String.join("", plain)).doesNotContain("\u001b");
  }

  @Test
  void theDocumentHasEverything() {
    assertThat(ReportJson.of(REPORT, 51))
        .startsWith(
            "{\"v\":1,\"subject\":\"example.org\",\"time\":\"2026-11-22T10:00:00Z\",\"exit\":51,\"hosts\":[{\"host\":"
                + "\"mx1.example.org\",\"address\":\"5.6.7.8\",\"stages\":{\"answer\":{\"result\":\"ok\",\"text\":\"ok\"}")
        .contains(
            "{\"check\":\"cert\",\"result\":\"fail\",\"where\":\"mx1.example.org\",\"address\":\"5.6.7.8\",\"saw\":\"The"
                + " certificate expired 30 Oct 2026.\",\"means\":\"Careful senders do not deliver.\",\"do\":\"Renew it.\"}")
        .contains("A \\u001B[31mred");
  }

  private static Place place(String address) {
    return new Place("mx1.example.org", Optional.of(InetAddress.ofLiteral(address)));
  }

  private static Row row(String title, Place place) {
    return new Row(
        title,
        place,
        List.of(
            Cell.ok("ok"),
            Cell.ok("27 ms"),
            Cell.note("12.0 s*"),
            Cell.ok("ok"),
            Cell.ok("TLSv1.3"),
            Cell.fail("EXPIRED")));
  }
}
