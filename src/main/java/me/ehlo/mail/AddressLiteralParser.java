package me.ehlo.mail;

import java.util.Locale;

/** Reads address literals (RFC 5321 §4.1.3): strictly, without zone ids and without tags nobody has registered. */
final class AddressLiteralParser {
  private static final String IPV6_TAG = "ipv6:";
  private static final int IPV6_GROUPS = 8;

  private AddressLiteralParser() {}

  /** Reads a literal with its brackets. */
  static Parsed<AddressLiteral> parse(String text) {
    if (!text.endsWith("]")) {
      return new Parsed.Wrong<>("the address literal does not close with a bracket");
    }
    String inside = text.substring(1, text.length() - 1);
    if (inside.toLowerCase(Locale.ROOT).startsWith(IPV6_TAG)) {
      return isIpv6(inside.substring(IPV6_TAG.length()))
          ? new Parsed.Right<>(new AddressLiteral(inside))
          : new Parsed.Wrong<>("this is not an IPv6 address");
    }
    return isIpv4(inside)
        ? new Parsed.Right<>(new AddressLiteral(inside))
        : new Parsed.Wrong<>("an address literal is [192.0.2.1] or [IPv6:2001:db8::1]");
  }

  static boolean isIpv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      if (!isSnum(part)) {
        return false;
      }
    }
    return true;
  }

  /** RFC 5321 §4.1.3: one to three digits, 0 to 255. */
  private static boolean isSnum(String part) {
    if (part.isEmpty() || part.length() > 3) {
      return false;
    }
    int value = 0;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      value = value * 10 + (c - '0');
    }
    return value <= 255;
  }

  static boolean isIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true) == IPV6_GROUPS;
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    int before = gap == 0 ? 0 : groups(text.substring(0, gap), false);
    String rest = text.substring(gap + 2);
    int after = rest.isEmpty() ? 0 : groups(rest, true);
    // RFC 5321 §4.1.3: "::" stands for at least two groups.
    return before >= 0 && after >= 0 && before + after <= IPV6_GROUPS - 2;
  }

  /**
   * How many groups of 16 bits the text has, or a number below zero if it has something else.
   *
   * @param ends whether the address ends here, so that its last two groups may stand as IPv4
   */
  private static int groups(String text, boolean ends) {
    String[] parts = text.split(":", -1);
    int groups = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean last = ends && i == parts.length - 1;
      if (last && isIpv4(parts[i])) {
        groups += 2;
      } else if (isHexGroup(parts[i])) {
        groups++;
      } else {
        return Integer.MIN_VALUE;
      }
    }
    return groups;
  }

  private static boolean isHexGroup(String part) {
    if (part.isEmpty() || part.length() > 4) {
      return false;
    }
    for (int i = 0; i < part.length(); i++) {
      if (Character.digit(part.charAt(i), 16) < 0 || part.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
