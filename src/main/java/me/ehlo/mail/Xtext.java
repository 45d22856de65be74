package me.ehlo.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The encoding in which ESMTP parameters carry other people's text (RFC 3461 §4): printable ASCII stands for itself,
 * {@code +}, {@code =} and everything else for {@code +} and two upper-case hexadecimal digits.
 */
public final class Xtext {
  private static final String DIGITS = "0123456789ABCDEF";

  private Xtext() {}

  /** The encoded form of a printable ASCII text. */
  public static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 8);
    for (byte octet : text.getBytes(US_ASCII)) {
      if (isPlain(octet)) {
        encoded.append((char) octet);
      } else {
        encoded.append('+').append(DIGITS.charAt(octet >> 4)).append(DIGITS.charAt(octet & 15));
      }
    }
    return encoded.toString();
  }

  /**
   * Decodes, strictly: what stands for a control character or for anything but ASCII is wrong, because it would end up in
   * a header or a command (RFC 3461 §4.2, §4.4).
   */
  public static Parsed<String> decode(String text) {
    StringBuilder decoded = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '+') {
        c = i + 2 < text.length() ? hex(text.charAt(i + 1), text.charAt(i + 2)) : 0;
        i += 2;
        if (c < ' ' || c > '~') {
          return new Parsed.Wrong<>("+ is not followed by two digits of a printable character");
        }
      } else if (c > '~' || !isPlain((byte) c)) {
        return new Parsed.Wrong<>("a character that xtext does not have");
      }
      decoded.append(c);
      i++;
    }
    return new Parsed.Right<>(decoded.toString());
  }

  private static boolean isPlain(byte octet) {
    return octet > ' ' && octet <= '~' && octet != '+' && octet != '=';
  }

  private static char hex(char high, char low) {
    int first = DIGITS.indexOf(high);
    int second = DIGITS.indexOf(low);
    return first < 0 || second < 0 ? 0 : (char) (first * 16 + second);
  }
}
