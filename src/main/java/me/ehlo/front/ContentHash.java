package me.ehlo.front;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a mail's content, at little cost while nobody asks for it.
 *
 * <p>A small content is only copied, and hashed when somebody asks, which is when a conversation broke; a large one is
 * hashed on the way, which is little beside what else it costs.
 */
final class ContentHash {
  private static final int COPIED_MAX = 16 * 1024;

  private ByteArrayOutputStream copy = new ByteArrayOutputStream(COPIED_MAX / 4);
  private @Nullable MessageDigest digest;

  /** Looks at the next run of octets. */
  void see(byte[] octets, int offset, int length) {
    if (digest == null && copy.size() + length <= COPIED_MAX) {
      copy.write(octets, offset, length);
      return;
    }
    if (digest == null) {
      digest = begin();
      copy = new ByteArrayOutputStream(0);
    }
    digest.update(octets, offset, length);
  }

  /** In hexadecimal; asked for once, at the end. */
  String sha256() {
    MessageDigest whole = digest == null ? begin() : digest;
    return HexFormat.of().formatHex(whole.digest());
  }

  private MessageDigest begin() {
    try {
      MessageDigest fresh = MessageDigest.getInstance("SHA-256");
      fresh.update(copy.toByteArray());
      return fresh;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
