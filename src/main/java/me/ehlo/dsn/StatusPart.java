package me.ehlo.dsn;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import me.ehlo.dsn.DeliveryReport.Action;
import me.ehlo.dsn.DeliveryReport.OfRecipient;
import me.ehlo.mail.Cause;
import me.ehlo.mail.EnhancedStatus;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Orcpt;
import me.ehlo.mail.ReceivedHeader;
import me.ehlo.mail.RemoteReply;

/**
 * The part that programs read: a group of fields about the mail, and one about each recipient (RFC 3464 §2.1).
 *
 * <p>Everything that others said goes through {@link OneLine} and is folded at 76 columns.
 */
final class StatusPart {
  private static final int WIDTH = 76;
  private static final String ESCAPE = "\\x{";

  private final StringBuilder fields = new StringBuilder();
  private final boolean international;
  private final ZoneId zone;

  private StatusPart(boolean international, ZoneId zone) {
    this.international = international;
    this.zone = zone;
  }

  /** Whether it takes UTF-8 to say it (RFC 6533 §4): a recipient's address is not ASCII. */
  static boolean isInternational(DeliveryReport report) {
    return report.recipients().stream()
        .anyMatch(recipient -> !OneLine.isAscii(recipient.recipient().toString()));
  }

  static String of(DeliveryReport report, String hostname, ZoneId zone) {
    StatusPart part = new StatusPart(isInternational(report), zone);
    part.ofMail(report, hostname);
    for (OfRecipient recipient : report.recipients()) {
      part.fields.append("\r\n");
      part.ofRecipient(recipient);
    }
    return part.fields.toString();
  }

  /** The status as a report of this action may have it (RFC 3464 §2.3.4). */
  static EnhancedStatus status(Action action, Optional<Cause> cause) {
    EnhancedStatus status = cause.map(Cause::status).orElse(EnhancedStatus.NONE);
    return switch (action) {
      // 4.x.x: it was tried for so long that we gave up
      case FAILED -> status.kind() >= 4 ? status : EnhancedStatus.of("5.0.0");
      case DELAYED -> status.kind() == 4 ? status : EnhancedStatus.of("4.0.0");
      case DELIVERED, RELAYED, EXPANDED -> status.kind() == 2 ? status : EnhancedStatus.of("2.0.0");
    };
  }

  private void ofMail(DeliveryReport report, String hostname) {
    MailId mail = report.mail();
    // Not folded: a name that someone else gave keeps its spaces, and has at most 100 characters
    // (RFC 3461 §4.4).
    report.dsn().envid().map(OneLine::ascii).ifPresent(id -> line("Original-Envelope-Id", id));
    line("Reporting-MTA", "dns; " + hostname);
    line("X-Ehlo-Mail-Id", mail.toString());
    date("Arrival-Date", report.arrived());
  }

  private void ofRecipient(OfRecipient recipient) {
    recipient.orcpt().ifPresent(orcpt -> line("Original-Recipient", original(orcpt)));
    line("Final-Recipient", typed(recipient.recipient().toString()));
    line("Action", recipient.action().name().toLowerCase(Locale.ROOT));
    line("Status", status(recipient.action(), recipient.cause()).toString());
    recipient
        .cause()
        .map(Cause::host)
        .flatMap(StatusPart::name)
        .ifPresent(host -> line("Remote-MTA", "dns; " + host));
    recipient.cause().ifPresent(this::diagnostic);
    recipient.lastAttempt().ifPresent(at -> date("Last-Attempt-Date", at));
    if (recipient.action() == Action.DELAYED) {
      recipient.retryUntil().ifPresent(at -> date("Will-Retry-Until", at));
    }
  }

  private String original(Orcpt orcpt) {
    String address = international ? unescaped(orcpt) : orcpt.address();
    return OneLine.ascii(orcpt.type()) + "; " + OneLine.of(address);
  }

  /** {@code \x{20AC}} becomes the character it stands for, where UTF-8 may be written (RFC 6533 §3). */
  private static String unescaped(Orcpt orcpt) {
    String rest = orcpt.address();
    StringBuilder address = new StringBuilder(rest.length());
    int open = orcpt.type().equals("utf-8") ? rest.indexOf(ESCAPE) : -1;
    while (open >= 0) {
      int close = rest.indexOf('}', open);
      int character = close < 0 ? -1 : character(rest.substring(open + ESCAPE.length(), close));
      int end = character < 0 ? open + ESCAPE.length() : close + 1;
      address.append(rest, 0, open);
      address.append(character < 0 ? ESCAPE : Character.toString(character));
      rest = rest.substring(end);
      open = rest.indexOf(ESCAPE);
    }
    return address.append(rest).toString();
  }

  /** -1: no character, or one that is no letter of an address. */
  private static int character(String hex) {
    if (hex.isEmpty() || hex.length() > 6 || !hex.chars().allMatch(HexFormat::isHexDigit)) {
      return -1;
    }
    int character = HexFormat.fromHexDigits(hex);
    boolean scalar = Character.isValidCodePoint(character) && !Character.isISOControl(character);
    return scalar && (character < 0xD800 || character > 0xDFFF) ? character : -1;
  }

  private String typed(String address) {
    return (OneLine.isAscii(address) ? "rfc822; " : "utf-8; ") + OneLine.of(address);
  }

  /** A host's name or address without what people are told beside it: {@code mx1.example.org [192.0.2.7]}. */
  private static Optional<String> name(String host) {
    String clean = OneLine.ascii(host);
    int space = clean.indexOf(' ');
    String name = space < 0 ? clean : clean.substring(0, space);
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  private void diagnostic(Cause cause) {
    String said =
        cause
            .reply()
            .map(RemoteReply::toString)
            .map(words -> "smtp; " + words)
            .orElse("X-Ehlo; " + cause.reason().id() + ": " + cause.said());
    folded("Diagnostic-Code", OneLine.ascii(said));
  }

  private void date(String name, Instant at) {
    line(name, ReceivedHeader.date(at, zone));
  }

  private void folded(String name, String value) {
    line(name, String.join("\r\n    ", OneLine.wrapped(value, WIDTH - name.length() - 2)));
  }

  private void line(String name, String value) {
    fields.append(name).append(": ").append(value).append("\r\n");
  }
}
