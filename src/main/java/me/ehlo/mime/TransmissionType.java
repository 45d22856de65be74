package me.ehlo.mime;

import java.util.Locale;

/**
 * How a mail was handed over, as the {@code with} of a Received field names it (RFC 3848, RFC 6531 §4.3).
 *
 * @param name in capitals
 * @param meaning a clause for people; empty: nobody knows that name
 */
public record TransmissionType(String name, Encrypted encrypted, String meaning) {
  private static final String INTERNATIONAL = "UTF8";

  /** What a type says of encryption. */
  public enum Encrypted {
    YES,
    NO,
    /** It stayed on one machine. */
    LOCAL,
    UNTOLD
  }

  /** The type of that name, in any case; any text is one. */
  public static TransmissionType of(String with) {
    String name = with.strip().toUpperCase(Locale.ROOT);
    return name.startsWith(INTERNATIONAL)
        ? international(name, known(name.substring(INTERNATIONAL.length())))
        : known(name);
  }

  private static TransmissionType international(String name, TransmissionType plain) {
    return new TransmissionType(
        name,
        plain.encrypted,
        plain.meaning.isEmpty() ? "" : plain.meaning + ", addresses in UTF-8");
  }

  private static TransmissionType known(String name) {
    return switch (name) {
      case "SMTP" ->
          type(name, Encrypted.UNTOLD, "SMTP of 1982, begun with HELO; some write it always");
      case "ESMTP" -> type(name, Encrypted.NO, "SMTP without TLS");
      case "ESMTPA" -> type(name, Encrypted.NO, "SMTP without TLS, the client has logged in");
      case "ASMTP" -> type(name, Encrypted.UNTOLD, "SMTP, the client has logged in"); // old Exim
      case "ESMTPS", "SMTPS" -> type(name, Encrypted.YES, "SMTP over TLS");
      case "ESMTPSA", "SMTPSA" ->
          type(name, Encrypted.YES, "SMTP over TLS, the client has logged in");
      case "LMTP", "LMTPA" -> type(name, Encrypted.NO, "into the mailbox");
      case "LMTPS", "LMTPSA" -> type(name, Encrypted.YES, "into the mailbox, over TLS");
      case "HTTP" -> type(name, Encrypted.UNTOLD, "from a browser or a program");
      case "HTTPS" -> type(name, Encrypted.YES, "from a browser or a program, over TLS");
      case "MAPI" -> type(name, Encrypted.UNTOLD, "from Outlook, or within Exchange");
      case "MICROSOFT SMTP SERVER" -> type(name, Encrypted.UNTOLD, "SMTP, of Exchange");
      case "LOCAL", "LOCAL-SMTP", "LOCAL-ESMTP", "LOCAL-BSMTP" ->
          type(name, Encrypted.LOCAL, "from a user or a program of that machine");
      default -> type(name, Encrypted.UNTOLD, "");
    };
  }

  private static TransmissionType type(String name, Encrypted encrypted, String meaning) {
    return new TransmissionType(name, encrypted, meaning);
  }
}
