package me.ehlo.send;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import me.ehlo.send.Composer.Facts;
import me.ehlo.send.MailOrder.Header;

/**
 * A mail that was given whole: swaks' tokens are replaced, its lines are made to end in CRLF, and headers that were asked for
 * stand in it. Nothing else of it changes. Texts are of characters that stand for octets.
 */
final class WholeMail {
  static final int LINE_OCTETS_MAX = 998; // RFC 5321 §4.5.3.1.6, without CRLF

  private final Order order;
  private final Facts facts;
  private final Headers writer;

  WholeMail(Order order, Facts facts, Headers writer) {
    this.order = order;
    this.facts = facts;
    this.writer = writer;
  }

  byte[] octets(byte[] given) throws Misused {
    String text = new String(Composer.withCrlf(given), ISO_8859_1);
    if (text.indexOf('%') >= 0) {
      text = new String(Composer.withCrlf(replaced(text).getBytes(ISO_8859_1)), ISO_8859_1);
    }
    boolean dotted = text.endsWith("\r\n.\r\n");
    String mail = dotted ? text.substring(0, text.length() - 3) : text;
    return Composer.endingInCrlf(withHeaders(mail).getBytes(ISO_8859_1));
  }

  private String replaced(String text) throws Misused {
    return text.replace("%FROM_ADDRESS%", octets(order.envelope().from().toString()))
        .replace("%TO_ADDRESS%", octets(Composer.recipients(order)))
        .replace("%DATE%", facts.date())
        .replace("%MESSAGEID%", facts.messageId())
        .replace("%SWAKS_VERSION%", octets(facts.mailer()))
        .replace("%NEW_HEADERS%", fields(order.mail().added()))
        .replace("%BODY%", new String(order.mail().text(), ISO_8859_1))
        .replace("%NEWLINE%", "\r\n");
  }

  private static String octets(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private String fields(List<Header> headers) throws Misused {
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    for (Header header : headers) {
      fields.writeBytes(writer.field(header));
    }
    return fields.toString(ISO_8859_1);
  }

  private String withHeaders(String mail) throws Misused {
    List<Header> late = new ArrayList<>(order.mail().headers());
    boolean hasPlace = givenText().contains("%NEW_HEADERS%");
    if (!hasPlace) {
      late.addAll(order.mail().added());
    }
    if (late.isEmpty()) {
      return mail;
    }
    int end = mail.startsWith("\r\n") ? 0 : mail.indexOf("\r\n\r\n") + 2;
    String header = end < 2 && !mail.startsWith("\r\n") ? mail : mail.substring(0, end);
    String rest = mail.substring(header.length());
    return without(header, order.mail().headers()) + fields(late) + rest;
  }

  private String givenText() {
    return new String(Composer.withCrlf(order.mail().whole().orElseThrow()), ISO_8859_1);
  }

  /** The fields, but for those that are replaced. */
  private static String without(String header, List<Header> replaced) {
    StringBuilder kept = new StringBuilder();
    boolean drop = false;
    for (String line : header.split("\r\n")) {
      boolean folded = line.startsWith(" ") || line.startsWith("\t");
      if (!folded) {
        String name = line.split(":", 2)[0].strip();
        drop = replaced.stream().anyMatch(it -> it.name().equalsIgnoreCase(name));
      }
      if (!drop && !line.isEmpty()) {
        kept.append(line).append("\r\n");
      }
    }
    return kept.toString();
  }
}
