package me.ehlo.lines;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Counts how often a header field stands in a mail's header section, run by run, without keeping any of it. */
public final class HeaderCount {
  private final byte[] name;
  private int column;
  private boolean matches = true;
  private boolean inHeader = true;
  private int count;

  /**
   * @param fieldName as {@code Received}; compared without regard to case (RFC 5322 §1.2.2)
   */
  public HeaderCount(String fieldName) {
    this.name = (fieldName + ":").toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
  }

  /** Looks at the next run of octets. */
  public void see(byte[] octets, int offset, int length) {
    int end = offset + length;
    for (int i = offset; i < end && inHeader; i++) {
      see(octets[i]);
    }
  }

  /** How often the field stands there, as far as the content has been seen. */
  public int count() {
    return count;
  }

  private void see(byte octet) {
    if (octet == '\n') {
      inHeader = column > 1; // an empty line, its CR counted, ends the header (RFC 5322 §2.1)
      column = 0;
      matches = true;
      return;
    }
    matches = matches && column < name.length && lower(octet) == name[column];
    column++;
    if (matches && column == name.length) {
      count++;
      matches = false;
    }
  }

  private static byte lower(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
  }
}
