package me.ehlo.mail;

import java.util.Locale;

/**
 * Reads the value of ORCPT (RFC 3461 §4.2, RFC 6533 §3), strictly: it goes into reports and other servers' commands.
 *
 * <p>An address of the type {@code utf-8} is kept in the form that ASCII has for it, <code>\x{E9}</code>, which is right
 * wherever it is written. Others are kept decoded. An {@code rfc822} one that turns out to be UTF-8, as Postfix sends it
 * for a recipient that is not ASCII, is taken for the {@code utf-8} one that it should have been.
 */
public final class OrcptParser {
  private static final int VALUE_MAX = 500; // RFC 3461 §4.2
  private static final int HEX_DIGITS_MAX = 6;
  private static final String UTF8 = "utf-8";
  private static final String RFC822 = "rfc822";

  private OrcptParser() {}

  /**
   * The original recipient.
   *
   * @param value what stands behind {@code ORCPT=}; where it is not ASCII, SMTPUTF8 must have been said
   */
  public static Parsed<Orcpt> parse(String value) {
    int semicolon = value.indexOf(';');
    if (semicolon <= 0 || semicolon == value.length() - 1 || octets(value) > VALUE_MAX) {
      return new Parsed.Wrong<>("it is a type, a semicolon and an address");
    }
    String type = value.substring(0, semicolon).toLowerCase(Locale.ROOT);
    String address = value.substring(semicolon + 1);
    if (!isType(type)) {
      return new Parsed.Wrong<>("the type has letters, digits and hyphens only");
    }
    if (type.equals(RFC822)
        && Xtext.decodeUtf8(address) instanceof Parsed.Right<String>(var text)
        && !DomainParser.isAscii(text)) {
      return embedded(text);
    }
    return switch (type.equals(UTF8) ? utf8(address) : Xtext.decode(address)) {
      case Parsed.Right<String>(var decoded) -> new Parsed.Right<>(new Orcpt(type, decoded));
      case Parsed.Wrong<String>(var why) -> new Parsed.Wrong<>(why);
    };
  }

  private static Parsed<Orcpt> embedded(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    for (int c : text.codePoints().toArray()) {
      if (mayBeEmbedded(c)) {
        embed(ascii, c);
      } else if (c > ' ' && c <= '~') {
        ascii.append((char) c);
      } else {
        return new Parsed.Wrong<>("a control character cannot stand in an address");
      }
    }
    return new Parsed.Right<>(new Orcpt(UTF8, ascii.toString()));
  }

  private static int octets(String text) {
    return text.codePoints().map(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4).sum();
  }

  /** RFC 3461 §4.2 wants an atom; every type that is registered is of these. */
  private static boolean isType(String type) {
    return type.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-');
  }

  /** RFC 6533 §3: utf-8-addr-xtext or utf-8-addr-unitext; the first is what becomes of both. */
  private static Parsed<String> utf8(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (c == '\\') {
        int end = text.indexOf('}', i);
        c = end < 0 ? 0 : hexpoint(text.substring(i, end));
        i = end + 1;
        if (!mayBeEmbedded(c)) {
          return new Parsed.Wrong<>("\\x{...} does not hold a character that may stand there");
        }
        embed(ascii, c);
      } else if (c >= 0x80 && mayBeEmbedded(c)) {
        embed(ascii, c);
        i += Character.charCount(c);
      } else if (c > ' ' && c <= '~' && c != '+' && c != '=') {
        ascii.append((char) c);
        i++;
      } else {
        return new Parsed.Wrong<>("a character that must be written as \\x{...}");
      }
    }
    return new Parsed.Right<>(ascii.toString());
  }

  /** RFC 6533 §3, HEXPOINT: what ASCII cannot show here, and everything beyond it; control characters are in neither. */
  private static boolean mayBeEmbedded(int c) {
    boolean inAscii = c == ' ' || c == '+' || c == '=' || c == '\\';
    boolean beyond = c >= 0xA0 && c <= Character.MAX_CODE_POINT;
    return inAscii || beyond && Character.getType(c) != Character.SURROGATE;
  }

  /** The character that <code>\x{E9</code> stands for, its closing brace cut off; 0 for anything else. */
  private static int hexpoint(String text) {
    String digits = text.startsWith("\\x{") ? text.substring(3) : "";
    boolean right =
        !digits.isEmpty()
            && digits.length() <= HEX_DIGITS_MAX
            && !digits.startsWith("0")
            && digits.chars().allMatch(OrcptParser::isHexDigit);
    return right ? Integer.parseInt(digits, 16) : 0;
  }

  private static boolean isHexDigit(int c) {
    return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f';
  }

  private static void embed(StringBuilder ascii, int c) {
    ascii.append("\\x{").append(Integer.toHexString(c).toUpperCase(Locale.ROOT)).append('}');
  }
}
