package me.ehlo.mail;

/**
 * An enhanced status code such as {@code 5.1.1} (RFC 3463 §2): class (2, 4 or 5), subject (0-7) and detail.
 */
public record EnhancedStatus(int kind, int subject, int detail) {

  /** For the few replies that carry none: the greeting, EHLO's answer, 354 (RFC 2034 §4). */
  public static final EnhancedStatus NONE = new EnhancedStatus(0, 0, 0);

  /** Reads {@code "5.1.1"}; the text is always our own, so a wrong one is a defect. */
  public static EnhancedStatus of(String text) {
    String[] parts = text.split("\\.", -1);
    return new EnhancedStatus(
        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  @Override
  public String toString() {
    return kind + "." + subject + "." + detail;
  }
}
