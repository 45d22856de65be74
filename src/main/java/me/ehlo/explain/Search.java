package me.ehlo.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import me.ehlo.mail.EnhancedStatus;

/**
 * Finds what somebody asks about: single words, or a line as a server or a client has said it.
 *
 * <p>Where each word is known by itself, each is explained. Else what stands behind a code or a command is that one's text or
 * arguments, and only those of its words are explained that must mean something there.
 */
final class Search {
  /** In this order the meanings of one word are told. */
  private static final List<Kind> KINDS =
      List.of(
          Kind.CODE,
          Kind.STATUS,
          Kind.RESPONSE,
          Kind.COMMAND,
          Kind.POP3_COMMAND,
          Kind.EXTENSION,
          Kind.PARAMETER,
          Kind.MECHANISM,
          Kind.REASON);

  /** A log writes these in front of a value. */
  private static final List<String> LABELS = List.of("reason=", "code=", "enhanced=", "dsn=");

  /** What people copy along with a word. */
  private static final String AROUND = "()<>#,;:.\"'`";

  private final Catalogue catalogue;
  private final Set<Explanation> found = new LinkedHashSet<>();
  private final Set<String> unknown = new LinkedHashSet<>();

  Search(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  Found of(List<String> typed) {
    String.join(" ", typed)
        .lines()
        .map(Search::words)
        .filter(words -> !words.isEmpty())
        .forEach(this::line);
    return new Found(List.copyOf(found), List.copyOf(unknown));
  }

  private void line(List<String> words) {
    int reply = replyIn(words);
    if (!offers(words) && words.stream().noneMatch(word -> meanings(word).isEmpty())) {
      words.forEach(this::add);
    } else if (reply >= 0) {
      reply(words.subList(reply, words.size()));
    } else if (words.getFirst().matches("\\+(OK)?|-ERR")) {
      response(words);
    } else if (words.size() > 1 && wording(words).isPresent()) {
      wording(words).ifPresent(found::add);
    } else if (catalogue.command(words.getFirst()).isPresent()) {
      command(words);
    } else {
      words.forEach(this::add);
    }
  }

  /** Where a reply of SMTP begins: with the line, behind {@code said:}, or where a status follows a code. */
  private int replyIn(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      boolean likely =
          i == 0
              || words.get(i - 1).endsWith(":")
              || i + 1 < words.size() && status(words.get(i + 1)).isPresent();
      if (likely && code(head(words.get(i))).isPresent()) {
        return i;
      }
    }
    return -1;
  }

  /** {@code 250 STARTTLS}: the extension is meant, and not the command of the same name. */
  private static boolean offers(List<String> words) {
    return words.size() > 1 && words.getFirst().equals("250");
  }

  /** {@code 554 5.7.1 Relay access denied}, {@code 250-SIZE 1000}: from 250-SIZE on it may be what EHLO lists. */
  private void reply(List<String> words) {
    String code = head(words.getFirst());
    code(code).ifPresent(found::add);
    List<String> rest = new ArrayList<>(words.subList(1, words.size()));
    if (words.getFirst().length() > code.length() + 1) {
      rest.addFirst(words.getFirst().substring(code.length() + 1));
    }
    if (rest.isEmpty()) {
      return;
    }
    status(rest.getFirst()).ifPresent(found::add);
    if (code.equals("250")) {
      offer(rest);
    } else if (code.startsWith("4") || code.startsWith("5")) {
      wording(rest).ifPresent(found::add);
    }
  }

  private Optional<Explanation> wording(List<String> words) {
    return catalogue.wording(String.join(" ", words));
  }

  // EHLO's answer is in capitals (RFC 5321 §4.1.1.1 lets it be in others, and nobody is known to do
  // so).
  private void offer(List<String> words) {
    String keyword = words.getFirst();
    if (keyword.equals(Catalogue.key(keyword))) {
      catalogue.extension(keyword).ifPresent(found::add);
      words.stream()
          .skip(1)
          .flatMap(word -> catalogue.mechanism(word).stream())
          .forEach(found::add);
    }
  }

  /** {@code -ERR [IN-USE] somebody else is reading}. */
  private void response(List<String> words) {
    words.stream().limit(2).flatMap(word -> catalogue.response(word).stream()).forEach(found::add);
    if (words.getFirst().equals("-ERR")) {
      wording(words).ifPresent(found::add);
    }
  }

  /** {@code MAIL FROM:<ann@example.org> SIZE=1000}, {@code AUTH PLAIN}. */
  private void command(List<String> words) {
    Stream.of(catalogue.command(words.getFirst()), catalogue.pop3Command(words.getFirst()))
        .flatMap(Optional::stream)
        .forEach(found::add);
    words.stream()
        .skip(1)
        .flatMap(word ->
            Stream.concat(catalogue.parameter(word).stream(), catalogue.mechanism(word).stream()))
        .forEach(found::add);
  }

  private void add(String typed) {
    List<Explanation> meanings = meanings(typed);
    found.addAll(meanings);
    if (meanings.isEmpty()) {
      unknown.add(typed);
    }
  }

  private List<Explanation> meanings(String typed) {
    String word = bare(typed);
    List<Explanation> exact =
        Stream.of(typed, word)
            .distinct()
            .flatMap(w -> KINDS.stream().flatMap(kind -> catalogue.exactly(kind, w).stream()))
            .distinct()
            .toList();
    return exact.isEmpty() ? likely(word) : exact;
  }

  /** What is written a little differently than in the catalogue, or stands for a family there. */
  private List<Explanation> likely(String word) {
    return Stream.of(
            code(word),
            status(word),
            catalogue.response(word),
            catalogue.extension(word),
            word.indexOf('=') > 0 ? catalogue.parameter(word) : Optional.<Explanation>empty())
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  private Optional<Explanation> code(String word) {
    boolean digits = word.length() == 3 && word.chars().allMatch(c -> c >= '0' && c <= '9');
    if (digits) {
      return catalogue.code(Integer.parseInt(word));
    }
    return catalogue.exactly(Kind.CODE, word.replaceFirst("(?i)^([2345])xx$", "$1yz"));
  }

  private Optional<Explanation> status(String typed) {
    String word = bare(typed);
    if (word.matches("[245]\\.\\d{1,3}\\.\\d{1,3}")) {
      return catalogue.status(EnhancedStatus.of(word));
    }
    return catalogue
        .exactly(Kind.STATUS, word)
        .or(() ->
            catalogue.exactly(Kind.STATUS, word.replaceFirst("^[245](?=\\.\\d+\\.[xX]$)", "x")));
  }

  /** The code in front of {@code 250-SIZE}. */
  private static String head(String word) {
    return word.length() > 3 && word.charAt(3) == '-' ? word.substring(0, 3) : word;
  }

  /** Without what a log writes in front of it, and what stands around it in a sentence. */
  private static String bare(String typed) {
    String word = typed;
    for (String label : LABELS) {
      word = word.startsWith(label) ? word.substring(label.length()) : word;
    }
    int from = 0;
    int to = word.length();
    while (from < to && AROUND.indexOf(word.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && AROUND.indexOf(word.charAt(to - 1)) >= 0) {
      to--;
    }
    return word.substring(from, to);
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
