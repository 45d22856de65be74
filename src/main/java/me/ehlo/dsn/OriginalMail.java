package me.ehlo.dsn;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/**
 * The mail that a report is about, as far as it is at hand: its header, and itself if it is small.
 *
 * <p>Every text here is of octets, a character for each; every line ends in CRLF.
 */
final class OriginalMail {
  /** A report shall not weigh more than what it reports (RFC 5321 §6.1 speaks of its costs to others). */
  static final int WHOLE_MAX = 64 * 1024;

  static final int HEADER_MAX = 32 * 1024;
  private static final int MESSAGE_ID_MAX = 250;
  private static final int SUBJECT_MAX = 100;

  private final String octets;
  private final String header;
  private final boolean whole;
  private final boolean smtpUtf8;

  OriginalMail(DeliveryReport.Original original) {
    this.octets = withWholeLines(original.octets(), original.whole());
    this.header = headerOf(octets);
    this.whole = original.whole();
    this.smtpUtf8 = original.smtpUtf8();
  }

  String header() {
    return header;
  }

  /** All of it, where that is at hand and small enough to be sent back. */
  Optional<String> small() {
    return whole && octets.length() <= WHOLE_MAX ? Optional.of(octets) : Optional.empty();
  }

  /** Whether its header is UTF-8 (RFC 6532), and not just octets that should not be there. */
  boolean isInternational() {
    return smtpUtf8 && !OneLine.isAscii(header);
  }

  /** What it is called, for people; only where that is plain text. */
  Optional<String> subject() {
    return field("Subject")
        .map(value -> new String(value.getBytes(ISO_8859_1), UTF_8))
        .filter(value -> smtpUtf8 || OneLine.isAscii(value))
        .filter(value -> !value.contains("=?"))
        .map(OneLine::of)
        .filter(value -> !value.isEmpty())
        .map(value ->
            value.length() > SUBJECT_MAX ? value.substring(0, SUBJECT_MAX).strip() + "..." : value);
  }

  /** Its Message-ID, if it is one that may stand in our header. */
  Optional<String> messageId() {
    return field("Message-ID")
        .filter(value ->
            value.length() <= MESSAGE_ID_MAX
                && value.startsWith("<")
                && value.endsWith(">")
                && value.chars().allMatch(c -> c > ' ' && c <= '~'));
  }

  private Optional<String> field(String name) {
    String start = name + ":";
    return header
        .replace("\r\n ", " ")
        .replace("\r\n\t", " ")
        .lines()
        .filter(line -> line.regionMatches(true, 0, start, 0, start.length()))
        .findFirst()
        .map(line -> line.substring(start.length()).strip());
  }

  // What is stored has no bare CR or LF (RFC 5321 §2.3.8); what we send must have none whatever was
  // stored.
  private static String withWholeLines(String octets, boolean whole) {
    StringBuilder lines = new StringBuilder(octets.length() + 2);
    for (int i = 0; i < octets.length(); i++) {
      char c = octets.charAt(i);
      if (c == '\r' || c == '\n') {
        lines.append("\r\n");
        i += c == '\r' && i + 1 < octets.length() && octets.charAt(i + 1) == '\n' ? 1 : 0;
      } else {
        lines.append(c);
      }
    }
    if (whole && !lines.isEmpty() && lines.charAt(lines.length() - 1) != '\n') {
      lines.append("\r\n");
    }
    return lines.toString();
  }

  private static String headerOf(String octets) {
    if (octets.startsWith("\r\n")) {
      return "";
    }
    int end = octets.indexOf("\r\n\r\n");
    String header = end < 0 ? octets : octets.substring(0, end + 2);
    int most = Math.min(header.length(), HEADER_MAX);
    int lastEnd = header.lastIndexOf("\r\n", most - 2);
    return lastEnd < 0 ? "" : header.substring(0, lastEnd + 2);
  }
}
