package me.ehlo.check;

import java.util.regex.Pattern;

/** Green, yellow and red, always beside a word and a sign that say the same. */
record Paint(boolean colour) {
  private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;]*m");

  String result(Result result, String text) {
    return colour ? "\u001b[" + code(result) + "m" + text + "\u001b[0m" : text;
  }

  private static String code(Result result) {
    return switch (result) {
      case FAIL -> "1;31";
      case WARN -> "33";
      case UNKNOWN -> "35";
      case NOTE -> "36";
      case OK -> "32";
      case SKIP -> "2";
    };
  }

  /** How many columns of a screen a text takes. */
  static int visible(String text) {
    return ESCAPES.matcher(text).replaceAll("").length();
  }
}
