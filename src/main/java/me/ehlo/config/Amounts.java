package me.ehlo.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads sizes, durations, counts and words, each with a sentence for what it cannot read. */
public final class Amounts {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,19}) ?([a-z]*)");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(ms|s|m|h|d))+");
  private static final Pattern DURATION_PART = Pattern.compile("(\\d+)(ms|s|m|h|d)");

  private Amounts() {}

  /** Octets of {@code 1000}, {@code 34 MiB}, {@code 1g} (binary) or {@code 10 MB} (decimal); empty when it is none. */
  public static OptionalLong octets(String text) {
    Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long unit =
        switch (matcher.group(2)) {
          case "", "b" -> 1;
          case "k", "kib" -> 1L << 10;
          case "m", "mib" -> 1L << 20;
          case "g", "gib" -> 1L << 30;
          case "t", "tib" -> 1L << 40;
          case "kb" -> 1_000;
          case "mb" -> 1_000_000;
          case "gb" -> 1_000_000_000;
          case "tb" -> 1_000_000_000_000L;
          default -> 0;
        };
    BigInteger octets = new BigInteger(matcher.group(1)).multiply(BigInteger.valueOf(unit));
    return unit == 0 || octets.bitLength() > 63
        ? OptionalLong.empty()
        : OptionalLong.of(octets.longValueExact());
  }

  static Key.Reader<Long> size(long least, long most) {
    return (text, _) -> {
      OptionalLong octets = octets(text);
      if (octets.isEmpty()) {
        throw new BadValue(
            "\"" + text + "\" is no size: write octets or a unit, 35651584 or \"34 MiB\"");
      }
      return within(octets.getAsLong(), least, most, least + " to " + most + " octets", text);
    };
  }

  static Key.Reader<Integer> count(int least, int most) {
    return (text, _) -> {
      if (!text.matches("\\d{1,18}")) {
        throw new BadValue("\"" + text + "\" is no number: write digits only");
      }
      return (int) within(Long.parseLong(text), least, most, least + " to " + most, text);
    };
  }

  /** A time such as {@code 90m}; empty if it is none. */
  public static Optional<Duration> span(String text) {
    try {
      return Optional.of(Duration.ofMillis(millis(text.replace(" ", ""), text)));
    } catch (BadValue e) {
      return Optional.empty();
    }
  }

  static Key.Reader<Duration> duration(Duration least, Duration most) {
    return (text, _) -> {
      long millis = millis(text.replace(" ", ""), text);
      String range = shown(least) + " to " + shown(most);
      return Duration.ofMillis(within(millis, least.toMillis(), most.toMillis(), range, text));
    };
  }

  /** A duration, or this word: empty then. */
  static Key.Reader<Optional<Duration>> durationOr(String word, Duration least, Duration most) {
    return (text, surroundings) -> {
      if (text.equals(word)) {
        return Optional.empty();
      }
      try {
        return Optional.of(duration(least, most).read(text, surroundings));
      } catch (BadValue e) {
        throw new BadValue(e.getMessage() + ", or \"" + word + "\"");
      }
    };
  }

  /** At least one duration. */
  static Key.Reader<List<Duration>> durations(Duration least, Duration most) {
    return (text, surroundings) -> {
      List<Duration> durations = new ArrayList<>();
      for (String part : Names.parts(text)) {
        durations.add(duration(least, most).read(part, surroundings));
      }
      if (durations.isEmpty()) {
        throw new BadValue("this needs at least one duration; the last is repeated");
      }
      return List.copyOf(durations);
    };
  }

  static Boolean flag(String text, Surroundings surroundings) throws BadValue {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new BadValue("\"" + text + "\" is neither true nor false");
    };
  }

  static Boolean onOff(String text, Surroundings surroundings) throws BadValue {
    return switch (text) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new BadValue("\"" + text + "\" is neither on nor off");
    };
  }

  static <E extends Enum<E>> Key.Reader<E> choice(Class<E> type) {
    List<E> choices = Arrays.asList(type.getEnumConstants());
    String words = choices.stream().map(Amounts::word).collect(Collectors.joining(" or "));
    return (text, _) ->
        choices.stream()
            .filter(choice -> word(choice).equals(text))
            .findFirst()
            .orElseThrow(() -> new BadValue("\"" + text + "\" is not " + words));
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static long millis(String compact, String text) throws BadValue {
    if (compact.equals("0")) {
      return 0;
    }
    if (!DURATION.matcher(compact).matches()) {
      throw new BadValue(
          "\""
              + text
              + "\" is no duration: write a number and its unit, \"30s\", \"5m\" or \"1h\"");
    }
    Matcher parts = DURATION_PART.matcher(compact);
    long millis = 0;
    while (parts.find()) {
      millis += Long.parseLong(parts.group(1)) * unitMillis(parts.group(2));
    }
    return millis;
  }

  private static long unitMillis(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      default -> 86_400_000;
    };
  }

  private static String shown(Duration duration) {
    if (duration.toSeconds() % 86_400 == 0 && duration.compareTo(Duration.ofDays(1)) >= 0) {
      return duration.toDays() + "d";
    }
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  private static long within(long value, long least, long most, String range, String text)
      throws BadValue {
    if (value < least || value > most) {
      throw new BadValue("\"" + text + "\" is out of range: " + range);
    }
    return value;
  }
}
