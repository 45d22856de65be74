package me.ehlo.lines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.junit.jupiter.api.Test;

/** Of mails as people send them we see as many parts, on as many levels, as mime4j does. */
class OtherParserTest {
  private static final int MAILS = 2000;

  private record Structure(int parts, int levels) {}

  @Test
  void seesTheSameStructure() throws Exception {
    int parts = 0;
    int deepest = 0;
    for (int seed = 0; seed < MAILS; seed++) {
      String mail = new Composer(new Random(seed)).mail();
      Structure ours = ours(mail, new Random(seed));
      assertThat(ours).as("seed " + seed + "\n" + mail).isEqualTo(theirs(mail));
      parts += ours.parts;
      deepest = Math.max(deepest, ours.levels);
    }
    assertThat(parts).as("parts in all").isGreaterThan(MAILS);
    assertThat(deepest).as("levels at most").isGreaterThan(4);
  }

  private static Structure ours(String mail, Random random) {
    byte[] octets = mail.getBytes(ISO_8859_1);
    ContentShape shape = new ContentShape(ContentLimits.DEFAULT);
    int at = 0;
    while (at < octets.length) {
      int length = Math.min(octets.length - at, 1 + random.nextInt(50));
      shape.see(octets, at, length);
      at += length;
    }
    return new Structure(shape.parts(), shape.depth());
  }

  private static Structure theirs(String mail) throws IOException, MimeException {
    MimeTokenStream stream = new MimeTokenStream(MimeConfig.PERMISSIVE);
    stream.parse(new ByteArrayInputStream(mail.getBytes(ISO_8859_1)));
    int parts = -1; // the mail itself
    int level = -1;
    int levels = 0;
    for (EntityState state = stream.getState();
        state != EntityState.T_END_OF_STREAM;
        state = stream.next()) {
      switch (state) {
        case T_START_MESSAGE, T_START_BODYPART -> {
          parts++;
          level++;
          levels = Math.max(levels, level);
        }
        case T_END_MESSAGE, T_END_BODYPART -> level--;
        default -> {}
      }
    }
    return new Structure(parts, levels);
  }

  /** Makes mails up. */
  private static final class Composer {
    private final Random random;
    private int boundaries;

    Composer(Random random) {
      this.random = random;
    }

    String mail() {
      return "From: ann@client.example\r\nSubject: seed\r\nMIME-Version: 1.0\r\n" + entity(0);
    }

    /** The rest of a header, the empty line, and the body, which ends in CRLF. */
    private String entity(int level) {
      return switch (random.nextInt(level < 6 ? 6 : 2)) {
        case 0 -> "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text();
        case 1 -> "\r\n" + text();
        case 2 -> message(level);
        default -> multipart(level);
      };
    }

    private String message(int level) {
      return "Content-Type: message/rfc822\r\nContent-Disposition: inline\r\n\r\n"
          + "Subject: within\r\n"
          + entity(level + 1);
    }

    private String multipart(int level) {
      String boundary =
          "----=_Part_" + (1000 + boundaries++) + (random.nextBoolean() ? ".'+?:x" : "x");
      StringBuilder mail = new StringBuilder(type(boundary));
      mail.append("\r\n").append(random.nextBoolean() ? "" : "This is MIME.\r\n--\r\n--not\r\n");
      int parts = 1 + random.nextInt(3);
      for (int i = 0; i < parts; i++) {
        mail.append("--").append(boundary).append(random.nextInt(4) > 0 ? "\r\n" : " \t\r\n");
        mail.append(entity(level + 1));
      }
      boolean closed = random.nextInt(5) > 0;
      return mail.append(closed ? "\r\n--" + boundary + "--\r\n" : "")
          .append(closed && random.nextBoolean() ? "an epilogue\r\n" : "")
          .toString();
    }

    private String type(String boundary) {
      String quoted = "\"" + boundary + "\"";
      return switch (random.nextInt(5)) {
        case 0 -> "Content-Type: multipart/mixed; boundary=" + quoted + "\r\n";
        case 1 -> "content-type: MULTIPART/Alternative;\r\n\tBOUNDARY=" + quoted + "\r\n";
        case 2 -> "Content-Type: multipart/related; type=\"a;b\"; boundary=" + quoted + "; x=y\r\n";
        case 3 ->
            "Content-Type: multipart/signed; protocol=\"a/b\";\r\n micalg=x; boundary="
                + quoted
                + "\r\n";
        default -> "Content-Type:multipart/report;report-type=x;boundary=" + quoted + "\r\n";
      };
    }

    private String text() {
      return switch (random.nextInt(4)) {
        case 0 -> "Hello.\r\n";
        case 1 -> "-- \r\nAnn\r\n--\r\n---\r\n-x\r\n";
        case 2 -> "x".repeat(random.nextInt(2000)) + "\r\n\r\n";
        default -> "\r\n";
      };
    }
  }
}
