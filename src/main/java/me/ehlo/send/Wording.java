package me.ehlo.send;

import java.util.ArrayList;
import java.util.List;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.Xtext;
import me.ehlo.smtp.client.Offered;

/** The commands of a transaction as they were asked for, with what this server understands; what it does not is told. */
final class Wording {
  private final Order order;
  private final Offered offered;

  Wording(Order order, Offered offered) {
    this.order = order;
    this.offered = offered;
  }

  /** Whether the addresses or the header need SMTPUTF8 (RFC 6531). */
  boolean needsUtf8() {
    return order.envelope().utf8()
        || order.envelope().to().stream().anyMatch(Wording::needsUtf8)
        || order.envelope().from() instanceof ReversePath.Sender(var from) && needsUtf8(from);
  }

  boolean utf8() {
    return needsUtf8() && offered.has("SMTPUTF8");
  }

  boolean eightBit() {
    return offered.has("8BITMIME");
  }

  boolean pipelines() {
    return order.manner().pipeline() && offered.has("PIPELINING");
  }

  boolean chunks() {
    return order.manner().chunking() && offered.has("CHUNKING");
  }

  /** What was asked for and is left out, because the server does not offer it. */
  List<String> leftOut() {
    List<String> left = new ArrayList<>();
    if (order.manner().pipeline() && !pipelines()) {
      left.add("PIPELINING is not offered: each command waits for its answer");
    }
    if (order.manner().chunking() && !chunks()) {
      left.add("CHUNKING is not offered: DATA is used instead of BDAT");
    }
    if (order.envelope().asksForReports() && !offered.has("DSN")) {
      left.add("DSN is not offered: the server cannot be asked for reports, and is not");
    }
    if (order.envelope().eightBit() && !eightBit()) {
      left.add("8BITMIME is not offered: BODY=8BITMIME is not said");
    }
    return left;
  }

  /** RFC 5321 §4.1.1.2. */
  String mail(byte[] content) {
    StringBuilder line = new StringBuilder(80).append("MAIL FROM:<");
    if (order.envelope().from() instanceof ReversePath.Sender(var from)) {
      line.append(address(from));
    }
    line.append('>');
    add(line, offered.has("SIZE") && content.length > 0, "SIZE=" + content.length);
    boolean wide = order.envelope().eightBit() || !Composer.isAscii(content);
    add(line, wide && eightBit(), "BODY=8BITMIME");
    add(line, utf8(), "SMTPUTF8");
    add(line, order.envelope().requireTls(), "REQUIRETLS"); // RFC 8689
    if (offered.has("DSN")) { // RFC 3461 §4.3, §4.4
      order.envelope().dsn().ret().ifPresent(ret -> add(line, true, "RET=" + ret));
      order
          .envelope()
          .dsn()
          .envid()
          .ifPresent(envid -> add(line, true, "ENVID=" + Xtext.encode(envid)));
    }
    return line.toString();
  }

  /** RFC 5321 §4.1.1.3, RFC 3461 §4.1, §4.2. */
  String rcpt(Mailbox recipient) {
    StringBuilder line =
        new StringBuilder(80).append("RCPT TO:<").append(address(recipient)).append('>');
    if (offered.has("DSN")) {
      add(
          line,
          order.envelope().notices().asked().isPresent(),
          "NOTIFY=" + order.envelope().notices());
      order.envelope().orcpt().ifPresent(orcpt -> add(line, true, "ORCPT=" + orcpt.parameter()));
    }
    return line.toString();
  }

  private static void add(StringBuilder line, boolean wanted, String parameter) {
    if (wanted) {
      line.append(' ').append(parameter);
    }
  }

  private String address(Mailbox mailbox) {
    String host =
        mailbox.host() instanceof Domain domain && !utf8()
            ? domain.ascii()
            : mailbox.host().toString();
    return mailbox.localPart() + "@" + host;
  }

  private static boolean needsUtf8(Mailbox mailbox) {
    return !Headers.isAscii(mailbox.localPart().text());
  }
}
