package me.ehlo.mime;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads dates of mails (RFC 5322 §3.3) and the old forms of them (§4.3), wherever in a text the first one stands.
 *
 * <p>A zone that nobody knows, or none, is that of UTC, as §4.3 has it. The day of the week is not looked at.
 */
public final class DateParser {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final Map<String, Integer> ZONES =
      Map.of(
          "EDT", -4, "EST", -5, "CDT", -5, "CST", -6, "MDT", -6, "MST", -7, "PDT", -7, "PST", -8);
  private static final Pattern DATE =
      Pattern.compile(
          "(?<!\\d)(\\d{1,2})[ -]+([A-Za-z]{3})[ -]+(\\d{2,4})\\s+(\\d{1,2}):(\\d{2})(?::(\\d{2}))?(?:\\.\\d{1,9})?"
              + "(?:\\s+([+-]\\d{4}|[A-Za-z]{1,5}))?");

  private DateParser() {}

  /** The date; empty where there is none, or none of any calendar. */
  public static Optional<OffsetDateTime> parse(String text) {
    Matcher date = DATE.matcher(text);
    if (!date.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          OffsetDateTime.of(
              year(date.group(3)),
              MONTHS.indexOf(date.group(2).toLowerCase(Locale.ROOT)) + 1,
              Integer.parseInt(date.group(1)),
              Integer.parseInt(date.group(4)),
              Integer.parseInt(date.group(5)),
              seconds(date.group(6) == null ? "0" : date.group(6)),
              0,
              zone(date.group(7) == null ? "" : date.group(7))));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** RFC 5322 §4.3: two digits are of this century up to 49, three lack 1900. */
  private static int year(String digits) {
    int year = Integer.parseInt(digits);
    boolean ofThisCentury = digits.length() == 2 && year < 50;
    return digits.length() == 4 ? year : year + (ofThisCentury ? 2000 : 1900);
  }

  /** A leap second is the one before it. */
  private static int seconds(String digits) {
    int seconds = Integer.parseInt(digits);
    return seconds == 60 ? 59 : seconds;
  }

  private static ZoneOffset zone(String text) {
    if (text.startsWith("+") || text.startsWith("-")) {
      int sign = text.charAt(0) == '-' ? -1 : 1;
      int hours = Integer.parseInt(text.substring(1, 3));
      int minutes = Integer.parseInt(text.substring(3));
      return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
    }
    return ZoneOffset.ofHours(ZONES.getOrDefault(text.toUpperCase(Locale.ROOT), 0));
  }
}
