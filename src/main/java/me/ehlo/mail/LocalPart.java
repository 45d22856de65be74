package me.ehlo.mail;

import java.util.Locale;

/**
 * What stands left of the @ (RFC 5321 §4.1.2), without the quotes that may have surrounded it.
 *
 * @param text the characters meant, at most 64 octets; {@code "a\ b"} and {@code "a b"} are the same three
 */
public record LocalPart(String text) {
  private static final String ATEXT_SPECIALS = "!#$%&'*+-/=?^_`{|}~";

  /** How local users are found: without regard to case. */
  public String key() {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The part before the first {@code +}, or the whole when there is none or nothing before it. */
  public LocalPart withoutDetail() {
    int plus = text.indexOf('+');
    return plus > 0 ? new LocalPart(text.substring(0, plus)) : this;
  }

  /** As it is written in an address: a dot-string where possible, else a quoted-string. */
  @Override
  public String toString() {
    return isDotString() ? text : quoted();
  }

  private boolean isDotString() {
    char before = '.';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' ? before == '.' : !isAtext(c)) {
        return false;
      }
      before = c;
    }
    return before != '.';
  }

  private String quoted() {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** RFC 5322 §3.2.3, and every non-ASCII character (RFC 6531 §3.3). */
  static boolean isAtext(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c >= 0x80
        || ATEXT_SPECIALS.indexOf(c) >= 0;
  }
}
