package me.ehlo.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * A field of a header as it stands there (RFC 5322 §2.2).
 *
 * @param octets what stands behind the colon, unfolded, each character an octet
 */
public record HeaderField(String name, String octets) {

  /** Whether it has that name. */
  public boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }

  /** As people read it, encoded words decoded (RFC 2047); UTF-8 is UTF-8, anything else as if it were Latin-1. */
  public String text() {
    return EncodedWords.decode(characters());
  }

  /** The characters that the octets mean, encoded words as they are. */
  public String characters() {
    return isUtf8() ? new String(octets.getBytes(ISO_8859_1), UTF_8) : octets;
  }

  /** Whether all its octets are ASCII. */
  public boolean isAscii() {
    return octets.chars().allMatch(c -> c < 0x80);
  }

  /** Whether its octets are UTF-8 (RFC 6532), as ASCII is. */
  public boolean isUtf8() {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.getBytes(ISO_8859_1)));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
