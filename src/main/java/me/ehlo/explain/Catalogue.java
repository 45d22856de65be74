package me.ehlo.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import me.ehlo.mail.EnhancedStatus;

/**
 * All explanations: the one place where it is told what codes, reasons, extensions and commands mean.
 *
 * <p>A file is read when the first word of its kind is asked for, so that having a catalogue costs nothing. Not for several
 * threads at once: each takes its own.
 */
public final class Catalogue {
  private final Function<Kind, String> texts;
  private final Map<Kind, Map<String, Explanation>> shelves = new EnumMap<>(Kind.class);

  Catalogue(Function<Kind, String> texts) {
    this.texts = texts;
  }

  /** The one that comes with Ehlo. */
  public static Catalogue ours() {
    return new Catalogue(Catalogue::text);
  }

  /** A reply code of SMTP; one that is not known is explained by its first digit (RFC 5321 §4.3.2). */
  public Optional<Explanation> code(int code) {
    String word = Integer.toString(code);
    return exactly(Kind.CODE, word)
        .or(() -> word.length() == 3 ? family(Kind.CODE, word.charAt(0) + "yz", word) : none());
  }

  /** An enhanced status; one whose detail is not known is explained by its subject (RFC 3463 §2). */
  public Optional<Explanation> status(EnhancedStatus status) {
    String word = status.toString();
    if (!"245".contains(word.substring(0, 1))) { // RFC 3463 §3.1: there are no others
      return none();
    }
    return exactly(Kind.STATUS, word)
        .or(() -> family(Kind.STATUS, "x" + word.substring(1), word))
        .or(() -> family(Kind.STATUS, "x." + status.subject() + ".x", word));
  }

  /** The id of a reason: {@code relaying-denied}. */
  public Optional<Explanation> reason(String id) {
    return exactly(Kind.REASON, id);
  }

  /** A keyword of EHLO's, LHLO's or CAPA's answer, in any case; a whole line will do. */
  public Optional<Explanation> extension(String line) {
    String word = firstWord(line);
    int equals = word.indexOf('=');
    return exactly(Kind.EXTENSION, equals < 0 ? word : word.substring(0, equals + 1));
  }

  /** How an answer of POP3 begins: {@code +OK}, {@code -ERR}, {@code +}, {@code [IN-USE]}, {@code IN-USE}. */
  public Optional<Explanation> response(String indicatorOrCode) {
    return exactly(Kind.RESPONSE, indicatorOrCode)
        .or(() -> exactly(Kind.RESPONSE, "[" + indicatorOrCode + "]"));
  }

  /** A command of SMTP or LMTP, else of POP3; a whole line will do. */
  public Optional<Explanation> command(String line) {
    return exactly(Kind.COMMAND, firstWord(line)).or(() -> pop3Command(line));
  }

  /** A command of POP3; a whole line will do. */
  public Optional<Explanation> pop3Command(String line) {
    return exactly(Kind.POP3_COMMAND, firstWord(line));
  }

  /** A parameter of MAIL or RCPT; {@code SIZE=1000} will do. */
  public Optional<Explanation> parameter(String parameter) {
    return exactly(Kind.PARAMETER, parameter.split("=", 2)[0]);
  }

  /** A SASL mechanism. */
  public Optional<Explanation> mechanism(String name) {
    return exactly(Kind.MECHANISM, name);
  }

  /** What a server of whatever make says in words: {@code Relay access denied}. Of several phrases the longest counts. */
  public Optional<Explanation> wording(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return all(Kind.WORDING).stream()
        .flatMap(
            it -> Arrays.stream(it.subject().split(" \\| ")).filter(lower::contains).map(it::about))
        .max(Comparator.comparingInt(it -> it.subject().length()));
  }

  /** What is typed behind {@code ehlo explain}: words of any kind, or a whole line that a server or a client has said. */
  public Found lookUp(List<String> words) {
    return new Search(this).of(words);
  }

  /** Every single word that has an explanation, as it is written. */
  public Set<String> subjects() {
    Set<String> all = new TreeSet<>();
    for (Kind kind : EnumSet.complementOf(EnumSet.of(Kind.WORDING))) {
      all(kind).forEach(explanation -> all.add(explanation.subject()));
    }
    return all;
  }

  /** Every explanation of this kind, in the order of its file. */
  public Collection<Explanation> all(Kind kind) {
    return shelf(kind).values();
  }

  Optional<Explanation> exactly(Kind kind, String word) {
    return Optional.ofNullable(shelf(kind).get(key(word)));
  }

  private Optional<Explanation> family(Kind kind, String family, String word) {
    return exactly(kind, family).map(explanation -> explanation.about(word));
  }

  private Map<String, Explanation> shelf(Kind kind) {
    return shelves.computeIfAbsent(kind, k -> ShelfReader.read(k, texts.apply(k)));
  }

  static String key(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  private static String firstWord(String line) {
    return line.strip().split("[ :]", 2)[0];
  }

  private static Optional<Explanation> none() {
    return Optional.empty();
  }

  static String text(Kind kind) {
    try (InputStream in = Catalogue.class.getResourceAsStream(kind.file())) {
      if (in == null) {
        throw new IllegalStateException(kind.file() + " is not where it belongs");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
