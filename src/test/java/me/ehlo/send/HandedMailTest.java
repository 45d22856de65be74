package me.ehlo.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import me.ehlo.mail.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandedMailTest {

  /** What is written to us, and what goes on the way; written with backslashes as in Java. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          Subject: s\\n\\ntext\\n           | Subject: s\\r\\n\\r\\ntext\\r\\n
          Subject: s\\r\\n\\r\\ntext\\r\\n  | Subject: s\\r\\n\\r\\ntext\\r\\n
          Subject: s\\r\\r\\n\\ntext        | Subject: s\\r\\n\\r\\ntext\\r\\n
          Subject: s\\n folded\\n\\n        | Subject: s\\r\\n folded\\r\\n\\r\\n
          Subject: s                        | Subject: s\\r\\n\\r\\n
          Subject: s\\nno field here\\nmore | Subject: s\\r\\n\\r\\nno field here\\r\\nmore\\r\\n
          only text\\n                      | \\r\\nonly text\\r\\n
          \\n\\ntext\\n                     | \\r\\n\\r\\ntext\\r\\n
          From ann Mon Nov 23\\nTo: b\\n\\nx | To: b\\r\\n\\r\\nx\\r\\n
          >From ann Mon\\nTo: b\\n\\nx      | To: b\\r\\n\\r\\nx\\r\\n
          To: b\\n\\nFrom here on           | To: b\\r\\n\\r\\nFrom here on\\r\\n
          Subject: a\\rBcc: evil@x\\n\\nx   | Subject: a Bcc: evil@x\\r\\n\\r\\nx\\r\\n
          A: b\\n\\n10%\\r20%\\r\\n          | A: b\\r\\n\\r\\n10%\\r\\n20%\\r\\n
          A: b\\n\\nx\\0y\\n                | A: b\\r\\n\\r\\nxy\\r\\n
          A: b\\n\\nÄ\\n                    | A: b\\r\\n\\r\\nÄ\\r\\n
          A: b\\n\\n.x\\n..\\n. \\n         | A: b\\r\\n\\r\\n.x\\r\\n..\\r\\n. \\r\\n
          """)
  void becomesAMail(String written, String onTheWay) throws IOException {
    assertThat(whole(real(written), true)).isEqualTo(real(onTheWay));
    assertThat(whole(real(written), false)).isEqualTo(real(onTheWay));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          A: b\\n\\nx\\n.\\ny\\n    | A: b\\r\\n\\r\\nx\\r\\n.\\r\\ny\\r\\n | A: b\\r\\n\\r\\nx\\r\\n
          A: b\\n\\nx\\n.           | A: b\\r\\n\\r\\nx\\r\\n.\\r\\n        | A: b\\r\\n\\r\\nx\\r\\n
          A: b\\r\\n\\r\\n.\\r\\ny  | A: b\\r\\n\\r\\n.\\r\\ny\\r\\n        | A: b\\r\\n\\r\\n
          A: b\\n.\\nC: d\\n        | A: b\\r\\n\\r\\n.\\r\\nC: d\\r\\n     | A: b\\r\\n\\r\\n
          """)
  void aDotAloneIsAnEndUnlessItIsText(String written, String with, String without)
      throws IOException {
    assertThat(whole(real(written), true)).isEqualTo(real(with));
    assertThat(whole(real(written), false)).isEqualTo(real(without));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          To: a, b\\nCc: c\\nBcc: d, a\\nFrom: x\\n\\nTo: no | [a, b, c, d]
          To: a\\nTo:\\n b@x.test\\nTO : c\\n\\n             | [a, b@x.test, c]
          To: a\\nResent-To: r\\nResent-Bcc: s\\n\\n         | [r, s]
          Subject: To: a\\n\\n                               | []
          To: undisclosed-recipients:;\\nBcc: Jürgen <j@x>\\n\\n | [j@x]
          """)
  void theHeaderNamesRecipients(String written, String recipients) throws IOException {
    try (HandedMail mail = read(real(written), true)) {
      assertThat(mail.recipients()).hasToString("Right[value=" + recipients + "]");
    }
  }

  @Test
  void oneWrongAddressStopsAll() throws IOException {
    try (HandedMail mail = read("To: ann\nCc: bob carol\n\n", true)) {
      assertThat(mail.recipients())
          .isEqualTo(
              new Parsed.Wrong<List<String>>(
                  "\"bob carol\" is no address: this character cannot"
                      + " stand left of the @ without quotes: a space"));
    }
  }

  @Test
  void aFieldIsPutInFront() throws IOException {
    try (HandedMail mail = read("To: ann\n\nx\n", true)) {
      assertThat(mail.has("from")).isFalse();
      mail.add("From: Jürgen <j@x>");
      assertThat(mail.has("from")).isTrue();
      assertThat(new String(mail.header(), UTF_8))
          .isEqualTo("From: Jürgen <j@x>\r\nTo: ann\r\n\r\n");
      assertThat(mail.octets()).isEqualTo(mail.header().length + 3L);
    }
  }

  @Test
  void muchIsHeldOutsideOfMemoryAndComesBackWhole() throws IOException {
    String line = "x".repeat(997) + "\n";
    String text = line.repeat(3000);
    assertThat(whole("A: b\n\n" + text, true))
        .isEqualTo("A: b\r\n\r\n" + text.replace("\n", "\r\n"));
    String oneLine = "y".repeat(5_000_000);
    assertThat(whole(oneLine, true)).isEqualTo("\r\n" + oneLine + "\r\n");
  }

  @Test
  void aHeaderWithoutEndIsNotReadForEver() {
    InputStream endless = new ByteArrayInputStream("A: b\n".repeat(2_000_000).getBytes(UTF_8));
    assertThatThrownBy(() -> HandedMail.read(endless, true))
        .isInstanceOf(TooLarge.class)
        .hasMessageStartingWith("the header has more than");
  }

  private static HandedMail read(String written, boolean dotIsText) throws IOException {
    return HandedMail.read(new ByteArrayInputStream(written.getBytes(UTF_8)), dotIsText);
  }

  private static String whole(String written, boolean dotIsText) throws IOException {
    try (HandedMail mail = read(written, dotIsText);
        InputStream body = mail.body()) {
      byte[] octets = body.readAllBytes();
      assertThat(mail.octets()).isEqualTo(mail.header().length + octets.length);
      return new String(mail.header(), UTF_8) + new String(octets, UTF_8);
    }
  }

  private static String real(String text) {
    return text.strip().translateEscapes();
  }
}
