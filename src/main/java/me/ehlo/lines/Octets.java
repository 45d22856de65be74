package me.ehlo.lines;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds octets in a run, eight at a time.
 *
 * <p>Most of a mail is of no interest, and it is looked through several times; with eight octets in a {@code long}, a few
 * sums tell whether one of them is sought (Henry Warren, Hacker's Delight, §6-1).
 */
final class Octets {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  /** How many octets a word has. */
  static final int WORD = Long.BYTES;

  private Octets() {}

  /** Where the octet stands first, or {@code end}. */
  static int indexOf(byte[] octets, int from, int end, char sought) {
    long pattern = ONES * sought;
    int i = from;
    for (; i <= end - WORD; i += WORD) {
      long hits = below(word(octets, i) ^ pattern, 1);
      if (hits != 0) {
        return i + first(hits);
      }
    }
    while (i < end && octets[i] != sought) {
      i++;
    }
    return i;
  }

  /** Eight octets, the first the lowest. */
  static long word(byte[] octets, int at) {
    return (long) WORDS.get(octets, at);
  }

  /** Marks octets of a word that are less than {@code bound}, which is at most 128; the first mark is always right. */
  static long below(long word, int bound) {
    return (word - ONES * bound) & ~word & HIGHS;
  }

  /** The index of the first octet that is marked. */
  static int first(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }

  /** Whether an octet above 127 is among them. */
  static boolean anyHigh(long word) {
    return (word & HIGHS) != 0;
  }
}
