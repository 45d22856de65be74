package me.ehlo.lines;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Collects what stands in a header field's first line wherever the field stands in a header section, run by run. */
public final class FieldValues {
  private static final int VALUES_MAX = 100;
  private static final int VALUE_OCTETS_MAX = 400; // longer than any address

  private final byte[] name;
  private final Set<String> values = new HashSet<>();
  private final ByteArrayOutputStream value = new ByteArrayOutputStream();
  private int column;
  private boolean matches = true;
  private boolean inHeader = true;

  /**
   * @param fieldName as {@code Delivered-To}; compared without regard to case (RFC 5322 §1.2.2)
   */
  public FieldValues(String fieldName) {
    this.name = (fieldName + ":").toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
  }

  /** Looks at the next run of octets. */
  public void see(byte[] octets, int offset, int length) {
    int end = offset + length;
    for (int i = offset; i < end && inHeader; i++) {
      see(octets[i]);
    }
  }

  /** The values, in lower case, without blanks around them; of many the first, and none that is longer than an address. */
  public Set<String> values() {
    return Set.copyOf(values);
  }

  private void see(byte octet) {
    if (octet == '\n') {
      endLine();
      return;
    }
    if (matches && column < name.length) {
      matches = (octet >= 'A' && octet <= 'Z' ? octet + 32 : octet) == name[column];
    } else if (matches && value.size() <= VALUE_OCTETS_MAX) {
      value.write(octet);
    }
    column++;
  }

  private void endLine() {
    boolean whole = matches && column > name.length && value.size() <= VALUE_OCTETS_MAX;
    if (whole && values.size() < VALUES_MAX) {
      values.add(value.toString(StandardCharsets.UTF_8).strip().toLowerCase(Locale.ROOT));
    }
    value.reset();
    inHeader = column > 1; // an empty line, its CR counted, ends the header (RFC 5322 §2.1)
    column = 0;
    matches = true;
  }
}
