package me.ehlo.mail;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The Received field that every server puts in front of a mail (RFC 5321 §4.4).
 *
 * <p>What a client said of itself is written only where it is a domain or an address literal; nothing that came over the
 * wire can add a line or a field.
 */
public final class ReceivedHeader {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

  /**
   * How a mail came.
   *
   * @param protocol {@code ESMTPS} and its kin (RFC 3848, RFC 6531 §4.3)
   * @param version of TLS; empty without
   * @param cipher the suite; empty without TLS
   */
  public record Way(String protocol, String version, String cipher) {

    private String comment() {
      return version.isEmpty() ? "" : "\r\n\t(version=" + version + " cipher=" + cipher + ")";
    }
  }

  private ReceivedHeader() {}

  /** A date as in RFC 5322 §3.3. */
  public static String date(Instant at, ZoneId zone) {
    return DATE.format(at.atZone(zone));
  }

  /**
   * The field, folded, CRLF behind each line.
   *
   * @param name what the client called itself
   * @param literal its address in brackets
   * @param by our host name
   * @param recipients named only where there is one, so that nobody learns of others (RFC 5321 §7.6)
   */
  public static String of(
      String name,
      String literal,
      String by,
      Way way,
      MailId id,
      List<Recipient> recipients,
      String date) {
    return "Received: from "
        + fit(name, literal)
        + " ("
        + literal
        + ")\r\n\tby "
        + by
        + " (Ehlo) with "
        + way.protocol()
        + " id "
        + id
        + way.comment()
        + forWhom(recipients)
        + ";\r\n\t"
        + date
        + "\r\n";
  }

  /**
   * The field of a mail that a user of this machine has handed in, as programs on Unix write it: there is no other host that
   * it comes from.
   *
   * @param user as the operating system calls the one
   */
  public static String local(
      String user, String by, String protocol, MailId id, List<Recipient> recipients, String date) {
    return "Received: by "
        + by
        + " (Ehlo, from user "
        + comment(user)
        + ") with "
        + protocol
        + " id "
        + id
        + forWhom(recipients)
        + ";\r\n\t"
        + date
        + "\r\n";
  }

  /** As it may stand in a comment (RFC 5322 §3.2.2). */
  private static String comment(String text) {
    StringBuilder quoted = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted.append("()\\".indexOf(c) < 0 ? "" : "\\").append(c >= ' ' && c < 0x7F ? c : '?');
    }
    return quoted.toString();
  }

  private static String fit(String name, String literal) {
    boolean right =
        name.startsWith("[")
            ? AddressLiteralParser.parse(name) instanceof Parsed.Right
            : DomainParser.parse(name) instanceof Parsed.Right<Domain>(var domain)
                && DomainParser.isAscii(domain.text());
    return right ? name : literal;
  }

  private static String forWhom(List<Recipient> recipients) {
    return recipients.size() == 1 ? "\r\n\tfor <" + recipients.getFirst().path() + ">" : "";
  }
}
