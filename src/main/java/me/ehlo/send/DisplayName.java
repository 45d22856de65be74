package me.ehlo.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import me.ehlo.mail.DomainParser;

/** A person's name as it may stand before an address in a header (RFC 5322 §3.4): plain, in quotes, or encoded (RFC 2047). */
final class DisplayName {
  private static final String SPECIALS = "()<>[]:;@\\,.\"";
  private static final int WORD_CHARACTERS =
      10; // of four octets at most: no encoded word is longer than 75

  private DisplayName() {}

  static String of(String name) {
    String plain =
        name.codePoints()
            .map(c -> Character.isISOControl(c) ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
    if (!DomainParser.isAscii(plain)) {
      return encoded(plain);
    }
    return plain.chars().anyMatch(c -> SPECIALS.indexOf(c) >= 0)
        ? "\"" + plain.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
        : plain;
  }

  private static String encoded(String name) {
    List<String> words = new ArrayList<>();
    int[] characters = name.codePoints().toArray();
    for (int from = 0; from < characters.length; from += WORD_CHARACTERS) {
      words.add(new String(characters, from, Math.min(WORD_CHARACTERS, characters.length - from)));
    }
    return words.stream()
        .map(word -> Base64.getEncoder().encodeToString(word.getBytes(UTF_8)))
        .map(base64 -> "=?utf-8?B?" + base64 + "?=")
        .collect(Collectors.joining(" "));
  }
}
