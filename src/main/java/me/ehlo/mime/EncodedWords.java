package me.ehlo.mime;

import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

/** Encoded words (RFC 2047): what they mean, and whether they can be read. */
public final class EncodedWords {
  private static final Pattern LEFT = Pattern.compile("=\\?[^?\\s]+\\?[^?\\s]*(\\?|$)");

  private static final int LENGTH_MAX = 10_000; // mime4j takes quadratic time

  private EncodedWords() {}

  /** The text with its encoded words decoded; what cannot be read, or is far too long, stands as it is. */
  public static String decode(String text) {
    return text.contains("=?") && text.length() <= LENGTH_MAX
        ? DecoderUtil.decodeEncodedWords(text, DecodeMonitor.SILENT)
        : text;
  }

  /** Whether something begins like an encoded word and cannot be read; far too long texts are not looked at. */
  public static boolean hasBroken(String text) {
    return text.length() <= LENGTH_MAX && LEFT.matcher(decode(text)).find();
  }
}
