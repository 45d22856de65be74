package me.ehlo.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant (Levenshtein's distance; two letters swapped are one mistake). */
public final class Nearest {
  private Nearest() {}

  /** The word nearest to this one, if any is near enough to be worth saying. */
  public static Optional<String> to(String typed, Collection<String> words) {
    return words.stream()
        .filter(word -> mistakes(key(typed), key(word)) <= Math.max(1, typed.length() / 3))
        .min(Comparator.comparingInt(word -> mistakes(key(typed), key(word))));
  }

  /** Capitals, and - for _, are no mistakes that count. */
  private static String key(String word) {
    return word.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static int mistakes(String typed, String word) {
    return isSwapped(typed, word) ? 1 : distance(typed, word);
  }

  private static boolean isSwapped(String typed, String word) {
    int at = Arrays.mismatch(typed.toCharArray(), word.toCharArray());
    return typed.length() == word.length()
        && at >= 0
        && at + 1 < word.length()
        && typed.charAt(at) == word.charAt(at + 1)
        && typed.charAt(at + 1) == word.charAt(at)
        && typed.substring(at + 2).equals(word.substring(at + 2));
  }

  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
