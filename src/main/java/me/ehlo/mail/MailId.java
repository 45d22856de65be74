package me.ehlo.mail;

/**
 * The name of a mail: 60 bits, shown as 12 characters of Crockford's base 32, ordered by time.
 *
 * <p>The value fits a positive {@code long}, so that it can be the row number of the mail in the store: mails are then
 * kept in the order in which they came, and finding one costs one search.
 */
public record MailId(long value) implements Comparable<MailId> {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 12;
  private static final int BITS_PER_CHARACTER = 5;

  public MailId {
    if (value < 0 || value >>> (LENGTH * BITS_PER_CHARACTER) != 0) {
      throw new IllegalArgumentException("a mail id has 60 bits: " + value);
    }
  }

  /**
   * Reads an id as people write it: any case, and {@code I L O} taken for {@code 1 1 0}.
   *
   * @throws IllegalArgumentException if it is not 12 characters of Crockford's base 32
   */
  public static MailId parse(String text) {
    if (text.length() != LENGTH) {
      throw new IllegalArgumentException("a mail id has 12 characters: " + text);
    }
    long value = 0;
    for (int i = 0; i < LENGTH; i++) {
      value = value << BITS_PER_CHARACTER | digit(text.charAt(i));
    }
    return new MailId(value);
  }

  private static int digit(char c) {
    int digit =
        switch (c) {
          case 'I', 'i', 'L', 'l' -> 1;
          case 'O', 'o' -> 0;
          default -> ALPHABET.indexOf(c >= 'a' && c <= 'z' ? c - 32 : c);
        };
    if (digit < 0) {
      throw new IllegalArgumentException("not a character of a mail id: " + c);
    }
    return digit;
  }

  @Override
  public int compareTo(MailId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    char[] text = new char[LENGTH];
    long rest = value;
    for (int i = LENGTH - 1; i >= 0; i--) {
      text[i] = ALPHABET.charAt((int) (rest & 31));
      rest >>>= BITS_PER_CHARACTER;
    }
    return new String(text);
  }
}
