package me.ehlo.mail;

import java.nio.charset.StandardCharsets;

/**
 * Reads addresses as they stand in an envelope (RFC 5321 §4.1.2, with RFC 6531 §3.3).
 *
 * <p>The hard part is what looks like an address and is more: source routes are read and forgotten (appendix C), quoted
 * local parts may hold nearly anything, and everything else, {@code %} and {@code !} included, is a plain local part
 * that means nothing to us.
 */
public final class AddressParser {
  private static final int LOCAL_PART_MAX = 64; // RFC 5321 §4.5.3.1.1
  private static final int PATH_MAX = 256; // RFC 5321 §4.5.3.1.3, brackets included

  private AddressParser() {}

  /** Reads what stands between the brackets of a path: an optional source route, then a mailbox. */
  public static Parsed<Mailbox> path(String text) {
    if (octets(text) > PATH_MAX - 2) {
      return new Parsed.Wrong<>("the address is longer than " + PATH_MAX + " octets");
    }
    if (!text.startsWith("@")) {
      return mailbox(text);
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      return new Parsed.Wrong<>("nothing stands left of the @");
    }
    for (String hop : text.substring(0, colon).split(",", -1)) {
      if (!hop.startsWith("@") || DomainParser.parse(hop.substring(1)) instanceof Parsed.Wrong) {
        return new Parsed.Wrong<>("the source route in front of the address cannot be read");
      }
    }
    return mailbox(text.substring(colon + 1)); // RFC 5321 appendix C: ignored, never followed
  }

  /** Reads local-part@domain. */
  public static Parsed<Mailbox> mailbox(String text) {
    int at = text.startsWith("\"") ? endOfQuotes(text) : text.indexOf('@');
    if (at < 0 || at >= text.length() || text.charAt(at) != '@') {
      return new Parsed.Wrong<>(whyNoAt(text));
    }
    String local = text.substring(0, at);
    String host = text.substring(at + 1);
    return switch (localPart(local)) {
      case Parsed.Wrong<LocalPart>(var why) -> new Parsed.Wrong<>(why);
      case Parsed.Right<LocalPart>(var localPart) ->
          switch (host(host)) {
            case Parsed.Wrong<? extends Host>(var why) -> new Parsed.Wrong<>(why);
            case Parsed.Right<? extends Host>(var right) ->
                new Parsed.Right<>(new Mailbox(localPart, right));
          };
    };
  }

  /** Reads a local part alone, as a name before the @ or a user name. */
  public static Parsed<LocalPart> localPart(String text) {
    if (text.isEmpty()) {
      return new Parsed.Wrong<>("nothing stands left of the @");
    }
    if (octets(text) > LOCAL_PART_MAX) {
      return new Parsed.Wrong<>(
          "the part left of the @ is longer than " + LOCAL_PART_MAX + " octets");
    }
    return text.startsWith("\"") ? quotedString(text) : dotString(text);
  }

  private static Parsed<LocalPart> dotString(String text) {
    char before = '.';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' ? before == '.' : !LocalPart.isAtext(c)) {
        return new Parsed.Wrong<>(
            c == '.'
                ? "the part left of the @ begins with a dot or has two in a row"
                : "this character cannot stand left of the @ without quotes: "
                    + (c == ' ' ? "a space" : c));
      }
      before = c;
    }
    return before == '.'
        ? new Parsed.Wrong<>("the part left of the @ ends in a dot")
        : new Parsed.Right<>(new LocalPart(text));
  }

  private static Parsed<LocalPart> quotedString(String text) {
    if (endOfQuotes(text) != text.length()) {
      return new Parsed.Wrong<>("the quotes do not close");
    }
    StringBuilder meant = new StringBuilder(text.length());
    for (int i = 1; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        c = text.charAt(++i);
      }
      if (c < ' ' || c == 0x7F) {
        return new Parsed.Wrong<>("a control character cannot stand in an address");
      }
      meant.append(c);
    }
    return meant.isEmpty()
        ? new Parsed.Wrong<>("nothing stands between the quotes")
        : new Parsed.Right<>(new LocalPart(meant.toString()));
  }

  private static Parsed<? extends Host> host(String text) {
    return text.startsWith("[") ? AddressLiteralParser.parse(text) : DomainParser.parse(text);
  }

  /** The index behind the closing quote of a text that begins with a quote, or -1. */
  private static int endOfQuotes(String text) {
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        return i + 1;
      }
    }
    return -1;
  }

  private static String whyNoAt(String text) {
    if (text.startsWith("\"")) {
      return endOfQuotes(text) < 0
          ? "the quotes do not close"
          : "an @ must follow the closing quote";
    }
    return "an address has an @ between the name and the domain";
  }

  private static int octets(String text) {
    return DomainParser.isAscii(text)
        ? text.length()
        : text.getBytes(StandardCharsets.UTF_8).length;
  }
}
