package me.ehlo.dsn;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import me.ehlo.dsn.DeliveryReport.Action;
import me.ehlo.dsn.DeliveryReport.OfRecipient;
import me.ehlo.mail.Cause;
import me.ehlo.mail.EnhancedStatus;
import me.ehlo.mail.ReceivedHeader;
import me.ehlo.mail.RemoteReply;

/**
 * The part that people read: what became of their mail, for whom, why, and what they can do.
 *
 * <p>Recipients with one fate stand together. Nothing is wider than 76 columns, except a word that is.
 */
final class ReportText {
  private static final int WIDTH = 76;
  private static final String INDENT = "    ";
  private static final String QUOTE = "        ";

  private final DeliveryReport report;
  private final String hostname;
  private final ZoneId zone;
  private final List<String> lines = new ArrayList<>();
  private boolean named;

  private ReportText(DeliveryReport report, String hostname, ZoneId zone) {
    this.report = report;
    this.hostname = hostname;
    this.zone = zone;
  }

  /**
   * @param mail the mail as people know it: its subject, or nothing
   * @param returned what stands below: "your mail", "the header of your mail"
   */
  static String of(
      DeliveryReport report, String mail, String returned, String hostname, ZoneId zone) {
    ReportText text = new ReportText(report, hostname, zone);
    text.paragraph("", "This is the mail server " + hostname + ".");
    for (Action action : Action.values()) {
      text.group(action, mail);
    }
    text.end(returned);
    return String.join("\r\n", text.lines) + "\r\n";
  }

  private void group(Action action, String mail) {
    Map<List<String>, List<String>> fates = new LinkedHashMap<>();
    for (OfRecipient recipient : report.recipients()) {
      if (recipient.action() == action) {
        fates
            .computeIfAbsent(explanation(recipient), _ -> new ArrayList<>())
            .add(OneLine.of(recipient.recipient().toString()));
      }
    }
    if (!fates.isEmpty()) {
      paragraph("", subject(mail) + heading(action));
      fates.forEach(this::fate);
    }
  }

  private void fate(List<String> explanation, List<String> recipients) {
    recipients.forEach(recipient -> lines.add("  " + recipient));
    lines.add("");
    lines.addAll(explanation);
  }

  /** What the sentence is about: named once, then "it". */
  private String subject(String mail) {
    boolean first = !named;
    named = true;
    return first ? "Your mail " + mail + "of " + date(report.arrived()) : "It";
  }

  private static String heading(Action action) {
    return switch (action) {
      case FAILED -> " could not be delivered to:";
      case DELAYED -> " has not yet been delivered to:";
      case DELIVERED -> " was delivered, and you asked to be told. It went to:";
      case RELAYED ->
          " was passed on, and you asked to be told. The next server sends no such reports itself:"
              + " you will hear of it only if it fails. It went on to:";
      case EXPANDED ->
          " was sent on, and you asked to be told. It went to everybody behind this address:";
    };
  }

  private List<String> explanation(OfRecipient recipient) {
    ReportText text = new ReportText(report, hostname, zone);
    recipient.cause().ifPresent(cause -> text.why(recipient, cause));
    switch (recipient.action()) {
      case FAILED -> text.failed(recipient);
      case DELAYED -> text.delayed(recipient);
      case DELIVERED, RELAYED, EXPANDED -> {}
    }
    return text.lines;
  }

  private void why(OfRecipient recipient, Cause cause) {
    if (recipient.action() != Action.RELAYED) {
      paragraph(INDENT, sentence(cause.said()));
    }
    cause.reply().ifPresent(reply -> quote(cause.host(), reply));
  }

  private void quote(String host, RemoteReply reply) {
    String who = OneLine.of(host).isEmpty() ? "The other server" : OneLine.of(host);
    lines.add(INDENT + who + " said:");
    paragraph(QUOTE, reply.toString());
  }

  private void failed(OfRecipient recipient) {
    EnhancedStatus status = StatusPart.status(Action.FAILED, recipient.cause());
    paragraph(INDENT, "What to do: " + Advice.of(status));
  }

  private void delayed(OfRecipient recipient) {
    String until = recipient.retryUntil().map(at -> " until " + date(at)).orElse("");
    paragraph(
        INDENT,
        "What to do: nothing. It is tried again and again"
            + until
            + "; you will be told if that does not help. Do not send it again.");
  }

  private void end(String returned) {
    paragraph(
        "",
        "If you need help, write to postmaster@"
            + hostname
            + " and name this mail: "
            + report.mail()
            + ".");
    paragraph("", "Below are the same facts for mail programs, and " + returned + ".");
    lines.removeLast();
  }

  /** The text, an empty line behind it. */
  private void paragraph(String indent, String text) {
    OneLine.wrapped(text, WIDTH - indent.length()).forEach(line -> lines.add(indent + line));
    lines.add("");
  }

  private String date(Instant at) {
    return ReceivedHeader.date(at, zone);
  }

  private static String sentence(String said) {
    String clean = OneLine.of(said);
    return clean.isEmpty() || ".!?".indexOf(clean.charAt(clean.length() - 1)) >= 0
        ? clean
        : clean + ".";
  }
}
