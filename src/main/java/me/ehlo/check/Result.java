package me.ehlo.check;

import java.util.Locale;

/** How a check has ended; the more it matters, the earlier it stands here. */
public enum Result {
  /** Mail does not arrive, or somebody can do harm. */
  FAIL('✗', 'x'),
  /** Some mail, or some senders, have trouble. */
  WARN('!', '!'),
  /** It could not be looked at, because something else did not work; that is not a failure. */
  UNKNOWN('?', '?'),
  /** Worth knowing; nothing has to be done. */
  NOTE('i', 'i'),
  OK('✓', '+'),
  /** There was nothing to look at. */
  SKIP('-', '-');

  private final char sign;
  private final char asciiSign;

  Result(char sign, char asciiSign) {
    this.sign = sign;
    this.asciiSign = asciiSign;
  }

  char sign(boolean unicode) {
    return unicode ? sign : asciiSign;
  }

  /** As the JSON has it. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
