package me.ehlo.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import me.ehlo.call.Heard;

/** What an answer to EHLO offers (RFC 5321 §4.1.1.1): keywords in capitals, with what stands behind them. */
record Extensions(String name, Map<String, String> offered) {

  static Extensions of(Heard ehlo) {
    List<String> texts = ehlo.texts();
    Map<String, String> offered = new LinkedHashMap<>();
    for (String line : texts.subList(Math.min(1, texts.size()), texts.size())) {
      String[] words = line.strip().split("[ =]", 2);
      offered.put(words[0].toUpperCase(Locale.ROOT), words.length > 1 ? words[1].strip() : "");
    }
    return new Extensions(texts.isEmpty() ? "" : firstWord(texts.getFirst()), offered);
  }

  boolean has(String keyword) {
    return offered.containsKey(keyword);
  }

  Optional<String> parameter(String keyword) {
    return Optional.ofNullable(offered.get(keyword));
  }

  static String firstWord(String text) {
    String stripped = text.strip();
    int space = stripped.indexOf(' ');
    return space < 0 ? stripped : stripped.substring(0, space);
  }
}
