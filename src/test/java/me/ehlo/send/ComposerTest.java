package me.ehlo.send;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mails as they are made, read back by a parser. */
class ComposerTest {

  @Test
  void whatNobodyHasGivenIsCompleted() throws Exception {
    Message mail = read(compose(true, false, "--to", "bob@example.org,zed@example.org"));
    assertThat(mail.getFrom().getFirst().getAddress()).isEqualTo("me@client.test");
    assertThat(mail.getTo().flatten()).hasSize(2);
    assertThat(mail.getDate().toInstant()).isEqualTo(Sent.NOW);
    assertThat(mail.getSubject()).isEqualTo("test Sun, 22 Nov 2026 12:00:00 +0000");
    assertThat(mail.getMessageId()).isEqualTo("<1.2@client.test>");
    assertThat(mail.getHeader().getField("X-Mailer").getBody()).isEqualTo("Ehlo test");
    assertThat(text(mail)).isEqualTo("This is a test mailing\r\n");
  }

  @Test
  void givenHeadersReplaceOursAndAddedOnesStandBeside() throws Exception {
    Message mail =
        read(
            compose(
                true,
                false,
                "--to",
                "bob@example.org",
                "--header",
                "Subject: figures",
                "--add-header",
                "Received: one\\nReceived: two",
                "--header",
                "X-A: b"));
    assertThat(mail.getHeader().getFields("Subject")).hasSize(1);
    assertThat(mail.getSubject()).isEqualTo("figures");
    assertThat(mail.getHeader().getFields("Received")).hasSize(2);
    assertThat(mail.getHeader().getField("X-A").getBody()).isEqualTo("b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hello           | false | 7bit             | us-ascii",
        "Grüße           | true  | 8bit             | utf-8",
        "Grüße           | false | quoted-printable | utf-8",
      })
  void textIsEncodedAsTheServerNeedsIt(
      String body, boolean eightBit, String encoding, String charset) throws Exception {
    byte[] octets = compose(eightBit, false, "--to", "bob@example.org", "--body", body);
    Message mail = read(octets);
    assertThat(mail.getContentTransferEncoding()).isEqualTo(encoding);
    assertThat(mail.getCharset()).isEqualToIgnoringCase(charset);
    assertThat(text(mail)).isEqualTo(body + "\r\n");
    assertThat(Composer.isAscii(octets)).isEqualTo(!encoding.equals("8bit"));
  }

  @Test
  void longLinesAreEncodedAndArriveWhole() throws Exception {
    String body = "x".repeat(5000);
    byte[] octets = compose(true, false, "--to", "bob@example.org", "--body", body);
    assertThat(Composer.longestLine(octets)).isLessThanOrEqualTo(78);
    assertThat(text(read(octets))).isEqualTo(body + "\r\n");
  }

  @Test
  void headersThatAreNotAsciiAreEncodedUnlessTheServerTakesThem() throws Exception {
    String[] words = {
      "--to",
      "bob@example.org",
      "--header",
      "Subject: Grüße aus Köln",
      "--header",
      "To: Jörg Müller <joerg@example.org>"
    };
    byte[] ascii = compose(false, false, words);
    assertThat(Composer.isAscii(ascii)).isTrue();
    assertThat(read(ascii).getSubject()).isEqualTo("Grüße aus Köln");
    assertThat(read(ascii).getTo().flatten().getFirst().getName()).isEqualTo("Jörg Müller");
    assertThat(new String(compose(true, true, words), UTF_8))
        .contains("\r\nSubject: Grüße aus Köln\r\n")
        .contains("\r\nTo: Jörg Müller <joerg@example.org>\r\n");
  }

  @Test
  void attachmentsArriveOctetForOctet(@TempDir Path folder) throws Exception {
    byte[] all = new byte[1000];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    Path picture = Files.write(folder.resolve("a picture.png"), all);
    Path umlaut = Files.write(folder.resolve("Umlaut ä.bin"), all);
    Message mail =
        read(
            compose(
                false,
                false,
                "--to",
                "bob@example.org",
                "--body",
                "Grüße",
                "--attach",
                picture.toString(),
                "--attach-type",
                "text/x-log",
                "--attach-name",
                "b.log",
                "--attach",
                "@" + umlaut,
                "--attach",
                umlaut.toString()));
    Multipart parts = (Multipart) mail.getBody();
    assertThat(mail.getMimeType()).isEqualTo("multipart/mixed");
    assertThat(parts.getBodyParts()).hasSize(4);
    assertThat(text(parts.getBodyParts().getFirst())).isEqualTo("Grüße\r\n");
    Entity first = parts.getBodyParts().get(1);
    assertThat(first.getMimeType()).isEqualTo("image/png");
    assertThat(first.getFilename()).isEqualTo("a picture.png");
    assertThat(first.getDispositionType()).isEqualTo("attachment");
    assertThat(octets(first)).isEqualTo(all);
    assertThat(parts.getBodyParts().get(2).getMimeType()).isEqualTo("text/x-log");
    assertThat(parts.getBodyParts().get(2).getFilename()).isEqualTo("b.log");
    assertThat(parts.getBodyParts().get(3).getFilename()).isEqualTo("Umlaut ä.bin");
    assertThat(octets(parts.getBodyParts().get(3))).isEqualTo(all);
  }

  @Test
  void tokensOfSwaksAreReplacedInAWholeMail() throws Exception {
    String data =
        """
        Date: %DATE%
        To: %TO_ADDRESS%
        From: %FROM_ADDRESS%
        Message-Id: <%MESSAGEID%>
        %NEW_HEADERS%Old: x
         folded

        %BODY%%NEWLINE%.
        """;
    String mail =
        new String(
            compose(
                true,
                false,
                "--to",
                "bob@example.org",
                "--data",
                data,
                "--body",
                "hello",
                "--add-header",
                "X-New: 1",
                "--header",
                "Old: y"),
            ISO_8859_1);
    assertThat(mail)
        .isEqualTo(
            """
            Date: Sun, 22 Nov 2026 12:00:00 +0000
            To: bob@example.org
            From: me@client.test
            Message-Id: <1.2@client.test>
            X-New: 1
            Old: y

            hello
            """
                .replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--header      | no colon          | --header: \"no colon\" is no header: write Name: value",
        "--to          | bob               | --to: \"bob\" is no address",
        "--notify      | perhaps           | --notify: write NEVER, or some of",
        "--quit-after  | tea               | --quit-after: \"tea\" is no point to stop at",
        "--protocol    | UUCP              | --protocol: \"UUCP\" is none",
        "--tls         | perhaps           | --tls: write require",
        "--port        | 70000             | --port: \"70000\" is no number from 1 to 65535",
        "--timeout     | soon              | --timeout: \"soon\" is no number",
        "--attach      | does-not-exist    | --attach: there is no file does-not-exist",
        "--silent      | 9                 | --silent: write 1, 2 or 3",
        "--local-interface | here          | --local-interface: \"here\" is no address",
      })
  void whatCannotBeDoneIsSaidBeforehand(String option, String value, String sentence) {
    try (Sent sent = new Sent()) {
      assertThat(sent.send("--to", "bob@example.org", option, value)).isEqualTo(2);
      assertThat(sent.err()).startsWith(sentence);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mx.example:2525     | mx.example | 2525",
        "mx.example          | mx.example | 25",
        "[::1]:2525          | [::1]      | 2525",
        "::1/2525            | ::1        | 2525",
        "::1                 | ::1        | 25",
      })
  void serversAreNamedAsInSwaks(String text, String host, int port) throws Misused {
    Order order = order("--to", "bob@example.org", "--server", text);
    assertThat(order.way().server()).contains(host);
    assertThat(order.way().port()).isEqualTo(port);
  }

  private static byte[] compose(boolean eightBit, boolean utf8, String... words) throws Misused {
    Composer.Facts facts =
        new Composer.Facts(Sent.NOW.atZone(ZoneOffset.UTC), "1.2@client.test", "Ehlo test");
    return new Composer(order(words), facts).compose(eightBit, utf8);
  }

  private static Order order(String... words) throws Misused {
    return new Orders(
            new Options(Sent.options(words)),
            new Inputs(new ByteArrayInputStream(new byte[0])),
            new Silent(),
            "me@client.test")
        .read();
  }

  private static Message read(byte[] octets) throws IOException {
    return new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(octets));
  }

  private static String text(Entity entity) throws IOException {
    return new String(octets(entity), UTF_8);
  }

  private static byte[] octets(Entity entity) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ((SingleBody) entity.getBody()).writeTo(out);
    return out.toByteArray();
  }

  private static final class Silent implements Asking {
    @Override
    public boolean isThere() {
      return false;
    }

    @Override
    public Optional<String> line(String prompt) {
      return Optional.empty();
    }

    @Override
    public Optional<String> secret(String prompt) {
      return Optional.empty();
    }
  }
}
