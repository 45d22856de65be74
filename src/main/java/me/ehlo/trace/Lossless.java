package me.ehlo.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/**
 * Octets as a text, and back, none of them lost: UTF-8 where they are, and every other octet as a lone low surrogate, 80 to
 * FF as U+DC80 to U+DCFF, which no UTF-8 can mean.
 */
public final class Lossless {
  private static final int BASE = 0xDC00;

  private Lossless() {}

  /** These octets as a text. */
  public static String text(byte[] octets) {
    CharsetDecoder decoder = UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(octets);
    CharBuffer out = CharBuffer.allocate(octets.length);
    CoderResult result = decoder.decode(in, out, true);
    while (result.isMalformed()) {
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (BASE | Byte.toUnsignedInt(in.get())));
      }
      result = decoder.decode(in, out, true);
    }
    return out.flip().toString();
  }

  /** The octets of a text; of one that was never octets, its UTF-8. */
  public static byte[] octets(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    int done = 0;
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (isOctet(c)) {
        out.writeBytes(text.substring(done, at).getBytes(UTF_8));
        out.write(c); // its low eight bits
        done = at + 1;
      }
      at += Character.charCount(c);
    }
    out.writeBytes(text.substring(done).getBytes(UTF_8));
    return out.toByteArray();
  }

  /** Whether this code point stands for an octet, which is its low eight bits. */
  static boolean isOctet(int c) {
    return c >= BASE + 0x80 && c <= BASE + 0xFF;
  }
}
