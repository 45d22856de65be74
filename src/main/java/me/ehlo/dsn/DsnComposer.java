package me.ehlo.dsn;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import me.ehlo.dsn.DeliveryReport.Action;
import me.ehlo.dsn.DeliveryReport.OfRecipient;
import me.ehlo.mail.DsnOptions.Ret;
import me.ehlo.mail.MailId;
import me.ehlo.mail.ReceivedHeader;

/**
 * Makes a report a mail: one part for people, one for programs, and what is reported about (RFC 3464, RFC 6522).
 *
 * <p>All is put together as octets, a character for each: what came from others is neither decoded nor encoded on its way
 * back. The mail is to be sent with the null reverse-path (RFC 3461 §6.1).
 */
public final class DsnComposer {
  /** RFC 2047 §2: with its name a line has at most 76 characters; these become 52. */
  private static final int ENCODED_OCTETS_MAX = 39;

  private final String hostname;
  private final ZoneId zone;

  /**
   * @param hostname ours, in ASCII
   * @param zone whose time the dates are told in
   */
  public DsnComposer(String hostname, ZoneId zone) {
    this.hostname = hostname;
    this.zone = zone;
  }

  /**
   * The report as a mail.
   *
   * @param id the new mail's
   * @param at its date
   */
  public ReportMail compose(DeliveryReport report, MailId id, Instant at) {
    OriginalMail original = new OriginalMail(report.original());
    Part returned = returned(report, original);
    List<Part> parts =
        List.of(forPeople(report, original, returned), forPrograms(report), returned);
    boolean eightBit = parts.stream().anyMatch(Part::eightBit);
    boolean smtpUtf8 = !OneLine.isAscii(report.to().toString());
    String mail = header(report, original, id, at) + multipart(id, parts, eightBit);
    return new ReportMail(mail.getBytes(ISO_8859_1), eightBit || smtpUtf8, smtpUtf8);
  }

  /**
   * A part of the body.
   *
   * @param type the value of Content-Type
   * @param octets a character for each, ending in CRLF or empty
   */
  private record Part(String type, String description, String octets) {
    boolean eightBit() {
      return !OneLine.isAscii(octets);
    }

    @Override
    public String toString() {
      return "Content-Type: "
          + type
          + "\r\nContent-Description: "
          + description
          + "\r\nContent-Transfer-Encoding: "
          + (eightBit() ? "8bit" : "7bit")
          + "\r\n\r\n"
          + octets;
    }
  }

  private Part returned(DeliveryReport report, OriginalMail original) {
    Optional<String> whole = wantsWhole(report) ? original.small() : Optional.empty();
    boolean international = original.isInternational();
    return whole
        .map(octets ->
            new Part(international ? "message/global" : "message/rfc822", "Your mail", octets))
        .orElseGet(() ->
            new Part(
                international ? "message/global-headers" : "text/rfc822-headers",
                "The header of your mail",
                original.header()));
  }

  // RFC 3461 §4.3, §6.2 (e): only what failed is sent back whole; unless RET says otherwise, it is.
  private static boolean wantsWhole(DeliveryReport report) {
    return report.dsn().ret().orElse(Ret.FULL) == Ret.FULL
        && report.recipients().stream().anyMatch(one -> one.action() == Action.FAILED);
  }

  private Part forPeople(DeliveryReport report, OriginalMail original, Part returned) {
    String mail = original.subject().map(subject -> '"' + subject + "\" ").orElse("");
    String below = returned.type().endsWith("headers") ? "the header of your mail" : "your mail";
    String text = OneLine.utf8(ReportText.of(report, mail, below, hostname, zone));
    String charset = OneLine.isAscii(text) ? "us-ascii" : "utf-8";
    return new Part("text/plain; charset=" + charset, "What became of your mail", text);
  }

  private Part forPrograms(DeliveryReport report) {
    return new Part(
        StatusPart.isInternational(report)
            ? "message/global-delivery-status"
            : "message/delivery-status",
        "The same for mail programs",
        OneLine.utf8(StatusPart.of(report, hostname, zone)));
  }

  private String header(DeliveryReport report, OriginalMail original, MailId id, Instant at) {
    String about =
        original
            .messageId()
            .map(value -> "In-Reply-To: " + value + "\r\nReferences: " + value + "\r\n")
            .orElse("");
    return "From: Mail Delivery System <MAILER-DAEMON@"
        + hostname
        + ">\r\nTo: <"
        + OneLine.utf8(OneLine.of(report.to().toString()))
        + ">\r\nSubject: "
        + encoded(subject(report.recipients()))
        + "\r\nDate: "
        + ReceivedHeader.date(at, zone)
        + "\r\nMessage-ID: <"
        + id
        + "@"
        + hostname
        + ">\r\n"
        + about
        + "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n";
  }

  /** What stands in a list of mails: the worst that happened, and to whom. */
  private static String subject(List<OfRecipient> recipients) {
    Action worst =
        recipients.stream().map(OfRecipient::action).min(Action::compareTo).orElseThrow();
    List<OfRecipient> those = recipients.stream().filter(one -> one.action() == worst).toList();
    String first = OneLine.of(those.getFirst().recipient().toString());
    return word(worst) + ": " + first + others(those.size() - 1);
  }

  private static String word(Action action) {
    return switch (action) {
      case FAILED -> "Undelivered mail";
      case DELAYED -> "Still trying";
      case DELIVERED -> "Delivered";
      case RELAYED -> "Passed on";
      case EXPANDED -> "Sent on to a list";
    };
  }

  private static String others(int count) {
    return switch (count) {
      case 0 -> "";
      case 1 -> " and 1 other";
      default -> " and " + count + " others";
    };
  }

  /** As it stands, or in encoded words (RFC 2047) where it is not ASCII, so that any server takes it. */
  private static String encoded(String text) {
    if (OneLine.isAscii(text)) {
      return text;
    }
    StringBuilder encoded = new StringBuilder();
    StringBuilder word = new StringBuilder();
    for (int c : text.codePoints().toArray()) {
      if ((word + Character.toString(c)).getBytes(UTF_8).length > ENCODED_OCTETS_MAX) {
        encoded.append(encodedWord(word.toString())).append("\r\n ");
        word.setLength(0);
      }
      word.appendCodePoint(c);
    }
    return encoded.append(encodedWord(word.toString())).toString();
  }

  private static String encodedWord(String word) {
    return "=?utf-8?B?" + Base64.getEncoder().encodeToString(word.getBytes(UTF_8)) + "?=";
  }

  private static String multipart(MailId id, List<Part> parts, boolean eightBit) {
    String boundary = boundary(id, parts);
    StringBuilder body = new StringBuilder();
    body.append("Content-Type: multipart/report; report-type=")
        .append(subtype(parts.get(1)))
        .append(";\r\n boundary=\"")
        .append(boundary)
        .append("\"\r\nContent-Transfer-Encoding: ")
        .append(eightBit ? "8bit" : "7bit")
        .append("\r\n");
    for (Part part : parts) {
      body.append("\r\n--").append(boundary).append("\r\n").append(part);
    }
    return body.append("\r\n--").append(boundary).append("--\r\n").toString();
  }

  // RFC 6522 §3: the report's type is the subtype of its second part.
  private static String subtype(Part part) {
    return part.type().substring(part.type().indexOf('/') + 1);
  }

  /** A line that is in none of the parts: a mail may well hold an older report of ours, or somebody's guess. */
  private static String boundary(MailId id, List<Part> parts) {
    return Stream.iterate(0, n -> n + 1)
        .map(n -> "=_" + id + "_" + n)
        .filter(boundary -> parts.stream().noneMatch(part -> part.octets().contains(boundary)))
        .findFirst()
        .orElseThrow();
  }
}
