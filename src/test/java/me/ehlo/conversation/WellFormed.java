package me.ehlo.conversation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.SmtpLimits;

/** What is true of every reply, whatever it says. */
final class WellFormed {
  // RFC 2034 §4: the greeting, the answers to EHLO and HELO, and 3xx carry no enhanced status.
  private static final Set<String> WITHOUT_STATUS =
      Set.of("greeting", "ehlo", "helo", "go-ahead", "challenge");

  private WellFormed() {}

  /** RFC 5321 §4.2, §4.5.3.1.5, RFC 2034 §4. */
  static void check(Reply reply) {
    String text = new String(reply.octets(), ISO_8859_1);
    String id = reply.reason().id();
    assertThat(text).as(id).endsWith("\r\n");
    String[] lines = text.split("\r\n");
    for (int i = 0; i < lines.length; i++) {
      String code = Integer.toString(reply.reason().code());
      String start = code + (i == lines.length - 1 ? " " : "-");
      String status = WITHOUT_STATUS.contains(id) ? "" : code.charAt(0) + ".";
      if (!lines[i].startsWith(start + status)
          || lines[i].length() + 2 > longest(id)
          || !isPrintable(lines[i])) {
        throw new AssertionError(id + " is not well-formed: " + lines[i]);
      }
    }
  }

  /** RFC 4954 §4: a challenge is as long as it must be. */
  private static int longest(String id) {
    return id.equals("challenge") ? SmtpLimits.AUTH_LINE_OCTETS : SmtpLimits.REPLY_LINE_OCTETS;
  }

  private static boolean isPrintable(String line) {
    return line.chars().allMatch(c -> c >= ' ' && c < 0x7F);
  }
}
