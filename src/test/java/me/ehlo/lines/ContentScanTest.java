package me.ehlo.lines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What must not stand in a mail is found, in whatever runs it comes. */
class ContentScanTest {

  @Test
  void allStringsUpToSevenOctetsAreJudgedAsByTheOracle() {
    NaiveDots.everyString(0, 7, string -> check(string, string.length()));
  }

  @Test
  void whereARunEndsMakesNoDifference() {
    NaiveDots.everyString(
        0,
        5,
        string -> {
          for (int cut = 0; cut <= string.length(); cut++) {
            check(string, cut);
          }
        });
  }

  @Test
  void onlyThreeOctetsAreOfInterest() {
    for (int octet = 1; octet < 256; octet++) {
      if (octet != '\r' && octet != '\n') {
        check("x" + (char) octet, 1);
      }
    }
  }

  /** A chunk of BDAT may end between CR and LF: to ask how it stands so far must not decide what comes (RFC 3030 §2). */
  @Test
  void askingInTheMiddleChangesNothing() {
    ContentScan scan = new ContentScan();
    scan.see("x\r".getBytes(ISO_8859_1), 0, 2);
    assertThat(scan.atEnd()).isEqualTo(ContentScan.Flaw.BARE_CR);
    scan.see("\n".getBytes(ISO_8859_1), 0, 1);
    assertThat(scan.atEnd()).isEqualTo(ContentScan.Flaw.NONE);
  }

  private static void check(String content, int cut) {
    byte[] octets = content.getBytes(ISO_8859_1);
    ContentScan scan = new ContentScan();
    scan.see(octets, 0, cut);
    scan.see(octets, cut, octets.length - cut);
    ContentScan.Flaw wanted = NaiveDots.flaw(content);
    if (scan.atEnd() != wanted) {
      assertThat(scan.atEnd())
          .as(
              content.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0")
                  + " cut at "
                  + cut)
          .isEqualTo(wanted);
    }
  }
}
