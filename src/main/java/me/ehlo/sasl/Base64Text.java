package me.ehlo.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Messages as they stand on a line: UTF-8 in Base64 (RFC 4954 §4, RFC 5034 §4). */
public final class Base64Text {
  private Base64Text() {}

  public static String encode(String message) {
    return Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8));
  }

  /** The message; empty when this is not Base64, or not of UTF-8. There is one way to write each (RFC 4648 §3.5). */
  public static Optional<String> decode(String line) {
    return decodeKindly(line).filter(message -> encode(message).equals(line));
  }

  /** As Java does it: padding that is missing, and bits that stand for nothing, are forgiven. */
  static Optional<String> decodeKindly(String line) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Base64.getDecoder().decode(line)))
              .toString());
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Octets that are no text; none, if this is not Base64. */
  static byte[] octets(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** An initial response: {@code =} stands for one without content (RFC 4954 §4). */
  public static Optional<String> decodeInitial(String word) {
    return word.equals("=") ? Optional.of("") : decode(word);
  }
}
