package me.ehlo.mail;

import com.ibm.icu.text.IDNA;
import java.util.Locale;

/** Reads domain names (RFC 5321 §4.1.2; RFC 5890 and UTS 46 where they are not ASCII). */
public final class DomainParser {
  static final int DOMAIN_MAX = 255; // RFC 5321 §4.5.3.1.2
  private static final int LABEL_MAX = 63; // RFC 1035 §2.3.4

  private DomainParser() {}

  /** Reads a domain as it stands in an address or a configuration file. */
  public static Parsed<Domain> parse(String text) {
    if (text.isEmpty()) {
      return new Parsed.Wrong<>("the domain is missing");
    }
    if (isAscii(text)) {
      return checked(text, text.toLowerCase(Locale.ROOT));
    }
    IDNA.Info info = new IDNA.Info();
    StringBuilder ascii = new StringBuilder();
    Uts46.RULES.nameToASCII(text, ascii, info);
    return info.hasErrors()
        ? new Parsed.Wrong<>("the domain is not a valid internationalized name")
        : checked(text, ascii.toString().toLowerCase(Locale.ROOT));
  }

  private static Parsed<Domain> checked(String text, String ascii) {
    if (ascii.length() > DOMAIN_MAX) {
      return new Parsed.Wrong<>("the domain is longer than " + DOMAIN_MAX + " octets");
    }
    int start = 0;
    for (int i = 0; i <= ascii.length(); i++) {
      if (i == ascii.length() || ascii.charAt(i) == '.') {
        if (!isLabel(ascii, start, i)) {
          return new Parsed.Wrong<>(whyNoLabel(ascii, start, i));
        }
        start = i + 1;
      }
    }
    return new Parsed.Right<>(new Domain(text, ascii));
  }

  private static boolean isLabel(String ascii, int from, int to) {
    if (from == to
        || to - from > LABEL_MAX
        || ascii.charAt(from) == '-'
        || ascii.charAt(to - 1) == '-') {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = ascii.charAt(i);
      // Underscores are no part of RFC 5321's Domain, but hosts that send mail have them.
      if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_')) {
        return false;
      }
    }
    return true;
  }

  private static String whyNoLabel(String ascii, int from, int to) {
    if (from == to) {
      return to == ascii.length()
          ? "the domain ends in a dot"
          : "the domain has two dots in a row or begins with one";
    }
    return to - from > LABEL_MAX
        ? "a part of the domain is longer than " + LABEL_MAX + " octets"
        : "a domain has letters, digits, hyphens and dots only";
  }

  /** Whether every character is ASCII. */
  public static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Loaded only when the first name that is not ASCII is seen: its tables are large. */
  private static final class Uts46 {
    static final IDNA RULES =
        IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII
                | IDNA.CHECK_BIDI
                | IDNA.CHECK_CONTEXTJ
                | IDNA.USE_STD3_RULES);
  }
}
