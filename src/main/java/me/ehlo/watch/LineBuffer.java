package me.ehlo.watch;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * Octets of log lines in logfmt: {@code name=value}, a value in quotes where it needs them.
 *
 * <p>Values come from peers. Nothing in one can end its line, begin another field, move a terminal's cursor or turn the
 * direction of the text around: all that is written as an escape.
 */
final class LineBuffer {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final int LARGEST_CHARACTER = 6; // six octets: a backslash, u, four digits

  private byte[] octets;
  private int size;
  private long second = Long.MIN_VALUE;
  private final byte[] dateAndTime = new byte[19];

  LineBuffer(int expectedOctets) {
    octets = new byte[expectedOctets + 1024];
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(octets, 0, size);
    clear();
  }

  /** RFC 3339, UTC, to the millisecond. */
  LineBuffer time(Instant at) {
    if (at.getEpochSecond() != second) {
      second = at.getEpochSecond();
      setDateAndTime(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC));
    }
    ensure(dateAndTime.length + 5);
    System.arraycopy(dateAndTime, 0, octets, size, dateAndTime.length);
    size += dateAndTime.length;
    int millis = at.getNano() / 1_000_000;
    octets[size++] = '.';
    octets[size++] = (byte) ('0' + millis / 100);
    octets[size++] = (byte) ('0' + millis / 10 % 10);
    octets[size++] = (byte) ('0' + millis % 10);
    octets[size++] = 'Z';
    return this;
  }

  private void setDateAndTime(LocalDateTime time) {
    digits(0, 4, time.getYear(), '-');
    digits(5, 2, time.getMonthValue(), '-');
    digits(8, 2, time.getDayOfMonth(), 'T');
    digits(11, 2, time.getHour(), ':');
    digits(14, 2, time.getMinute(), ':');
    digits(17, 2, time.getSecond(), ' ');
  }

  private void digits(int from, int count, int value, char after) {
    int rest = value;
    for (int i = from + count - 1; i >= from; i--) {
      dateAndTime[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    if (from + count < dateAndTime.length) {
      dateAndTime[from + count] = (byte) after;
    }
  }

  /** A word of our own, written as it is. */
  LineBuffer word(String ascii) {
    ensure(ascii.length() + 1);
    octets[size++] = ' ';
    for (int i = 0; i < ascii.length(); i++) {
      octets[size++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  LineBuffer field(String name, int value) {
    return field(name, Integer.toString(value));
  }

  LineBuffer field(String name, String value) {
    ensure(name.length() + value.length() * LARGEST_CHARACTER + 4);
    name(name);
    if (isBare(value)) {
      for (int i = 0; i < value.length(); i++) {
        octets[size++] = (byte) value.charAt(i);
      }
    } else {
      quoted(value);
    }
    return this;
  }

  void end() {
    ensure(1);
    octets[size++] = '\n';
  }

  private void name(String name) {
    octets[size++] = ' ';
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      octets[size++] = (byte) (c > ' ' && c < 0x7f && c != '=' && c != '"' ? c : '_');
    }
    octets[size++] = '=';
  }

  private static boolean isBare(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '"' || c == '=' || c == '\\') {
        return false;
      }
    }
    return !value.isEmpty();
  }

  private void quoted(String value) {
    octets[size++] = '"';
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        octets[size++] = '\\';
        octets[size++] = (byte) c;
      } else if (c >= ' ' && c < 0x7f) {
        octets[size++] = (byte) c;
      } else if (isHarmless(value, i)) {
        i += utf8(value.codePointAt(i)) - 1;
      } else {
        escape(c);
      }
    }
    octets[size++] = '"';
  }

  /** Whether the character here can be shown as it is: no control or format character, no half of a pair. */
  private static boolean isHarmless(String value, int at) {
    int codePoint = value.codePointAt(at);
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** Writes one code point; returns how many chars it was. */
  private int utf8(int codePoint) {
    if (codePoint < 0x800) {
      octets[size++] = (byte) (0xc0 | codePoint >> 6);
    } else if (codePoint < 0x10000) {
      octets[size++] = (byte) (0xe0 | codePoint >> 12);
      octets[size++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
    } else {
      octets[size++] = (byte) (0xf0 | codePoint >> 18);
      octets[size++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
      octets[size++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
    }
    octets[size++] = (byte) (0x80 | codePoint & 0x3f);
    return Character.charCount(codePoint);
  }

  private void escape(char c) {
    octets[size++] = '\\';
    switch (c) {
      case '\n' -> octets[size++] = 'n';
      case '\r' -> octets[size++] = 'r';
      case '\t' -> octets[size++] = 't';
      default -> {
        octets[size++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
          octets[size++] = HEX[c >> shift & 15];
        }
      }
    }
  }

  private void ensure(int more) {
    if (octets.length - size < more) {
      octets = Arrays.copyOf(octets, Math.max(octets.length * 2, size + more));
    }
  }
}
