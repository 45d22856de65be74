package me.ehlo.mime;

/**
 * How the lines of a mail end, and how long they are.
 *
 * @param crlf lines that end in CRLF
 * @param bareLf lines that end in LF alone
 * @param bareCr CRs that no LF follows
 * @param nuls octets of 0
 * @param tooLong lines of more than 998 octets (RFC 5322 §2.1.1)
 * @param longest octets of the longest line
 */
public record LineEnds(long crlf, long bareLf, long bareCr, long nuls, long tooLong, long longest) {
  private static final int LINE_OCTETS_MAX = 998;

  /** Counts. */
  public static LineEnds of(byte[] octets) {
    long crlf = 0;
    long bareLf = 0;
    long bareCr = 0;
    long nuls = 0;
    long tooLong = 0;
    long longest = 0;
    int begin = 0;
    for (int i = 0; i <= octets.length; i++) {
      boolean end = i == octets.length;
      byte octet = end ? (byte) '\n' : octets[i];
      if (octet == '\n') {
        boolean afterCr = i > begin && octets[i - 1] == '\r';
        int length = i - begin - (afterCr ? 1 : 0);
        tooLong += length > LINE_OCTETS_MAX ? 1 : 0;
        longest = Math.max(longest, length);
        crlf += !end && afterCr ? 1 : 0;
        bareLf += !end && !afterCr ? 1 : 0;
        begin = i + 1;
      } else if (octet == '\r') {
        bareCr += i + 1 == octets.length || octets[i + 1] != '\n' ? 1 : 0;
      } else if (octet == 0) {
        nuls++;
      }
    }
    return new LineEnds(crlf, bareLf, bareCr, nuls, tooLong, longest);
  }

  /** Whether it is a mail whose lines end in two ways; LF alone throughout is how Unix keeps files. */
  public boolean isMixed() {
    return crlf > 0 && bareLf > 0;
  }
}
