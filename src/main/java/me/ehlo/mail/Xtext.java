package me.ehlo.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

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
    return switch (decodeUtf8(text)) {
      case Parsed.Right<String>(var decoded) when !DomainParser.isAscii(decoded) ->
          new Parsed.Wrong<>("+ is not followed by two digits of a printable character");
      case Parsed<String> other -> other;
    };
  }

  /** Decodes as strictly, but for octets above 127, which must be UTF-8: no RFC has this, and Postfix sends it. */
  static Parsed<String> decodeUtf8(String text) {
    ByteBuffer octets = ByteBuffer.allocate(text.length());
    int i = 0;
    while (i < text.length()) {
      int octet = text.charAt(i);
      if (octet == '+') {
        octet = i + 2 < text.length() ? hex(text.charAt(i + 1), text.charAt(i + 2)) : 0;
        i += 2;
        if (octet < ' ' || octet == 0x7F) {
          return new Parsed.Wrong<>("+ is not followed by two digits of a printable character");
        }
      } else if (octet > '~' || !isPlain((byte) octet)) {
        return new Parsed.Wrong<>("a character that xtext does not have");
      }
      octets.put((byte) octet);
      i++;
    }
    try {
      return new Parsed.Right<>(UTF_8.newDecoder().decode(octets.flip()).toString());
    } catch (CharacterCodingException e) {
      return new Parsed.Wrong<>("it stands for octets that are not UTF-8");
    }
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
