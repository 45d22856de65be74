package me.ehlo.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import me.ehlo.mail.EnhancedStatus;
import me.ehlo.mail.Reason;

/**
 * A reply (RFC 5321 §4.2): the decision it tells, and its lines.
 *
 * @param lines what is said, at least one, without code, status and line ending
 */
public record Reply(Reason reason, List<String> lines) {
  private static final int SHOWN_MAX = 200;
  // Code, separator, enhanced status and CRLF take their share of the line.
  private static final int TEXT_MAX = SmtpLimits.REPLY_LINE_OCTETS - 20;

  public Reply {
    lines = List.copyOf(lines);
  }

  /** A reply of one line: the reason's sentence, its holes filled with values made fit to be shown. */
  public static Reply of(Reason reason, Object... values) {
    Object[] shown = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      shown[i] = shown(values[i].toString());
    }
    return new Reply(reason, List.of(reason.say(shown)));
  }

  /** A foreign text as it may stand in a reply or be shown to a person: one line, ASCII, not too long. */
  public static String shown(String text) {
    boolean plain = text.length() <= SHOWN_MAX;
    for (int i = 0; i < text.length() && plain; i++) {
      plain = isPlain(text.charAt(i));
    }
    return plain ? text : madePlain(text);
  }

  /** Whether the client was refused something. */
  public boolean refuses() {
    return reason.refuses();
  }

  /** What is said, in one text. */
  public String said() {
    return lines.size() == 1 ? lines.getFirst() : String.join(" ", lines);
  }

  /** The octets on the wire: every line with its code, the last with a space behind it (RFC 5321 §4.2.1). */
  public byte[] octets() {
    String status =
        reason.status().equals(EnhancedStatus.NONE) ? "" : reason.status() + " "; // RFC 2034 §4
    ByteArrayOutputStream octets = new ByteArrayOutputStream(128);
    for (int i = 0; i < lines.size(); i++) {
      char separator = i == lines.size() - 1 ? ' ' : '-';
      octets.writeBytes(line(separator, status, lines.get(i)));
    }
    return octets.toByteArray();
  }

  private byte[] line(char separator, String status, String text) {
    // RFC 4954 §4: a challenge may be as long as it must
    boolean whole = text.length() <= TEXT_MAX || reason.code() == 334;
    String cut = whole ? text : text.substring(0, TEXT_MAX);
    return (reason.code() + String.valueOf(separator) + status + cut + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7F;
  }

  private static String madePlain(String text) {
    StringBuilder plain = new StringBuilder(Math.min(text.length(), SHOWN_MAX) + 3);
    for (int i = 0; i < Math.min(text.length(), SHOWN_MAX); i++) {
      plain.append(isPlain(text.charAt(i)) ? text.charAt(i) : '?');
    }
    return text.length() > SHOWN_MAX ? plain.append("...").toString() : plain.toString();
  }
}
