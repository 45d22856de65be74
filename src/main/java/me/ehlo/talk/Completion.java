package me.ehlo.talk;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import me.ehlo.call.Protocol;

/** How a line that was begun may go on: commands in order now, parameters of what was offered, addresses seen before. */
final class Completion {
  /** A parameter of MAIL or RCPT, and the extension that must have been offered for it. */
  private static final Map<String, String> OF_MAIL =
      Map.ofEntries(
          entry("SIZE=", "SIZE"),
          entry("BODY=8BITMIME", "8BITMIME"),
          entry("BODY=7BIT", "8BITMIME"),
          entry("BODY=BINARYMIME", "BINARYMIME"),
          entry("SMTPUTF8", "SMTPUTF8"),
          entry("RET=HDRS", "DSN"),
          entry("RET=FULL", "DSN"),
          entry("ENVID=", "DSN"),
          entry("AUTH=", "AUTH"),
          entry("REQUIRETLS", "REQUIRETLS"),
          entry("BY=", "DELIVERBY"),
          entry("HOLDFOR=", "FUTURERELEASE"),
          entry("HOLDUNTIL=", "FUTURERELEASE"),
          entry("MT-PRIORITY=", "MT-PRIORITY"));

  private static final Map<String, String> OF_RCPT =
      Map.of(
          "NOTIFY=NEVER", "DSN",
          "NOTIFY=SUCCESS,FAILURE,DELAY", "DSN",
          "NOTIFY=FAILURE", "DSN",
          "ORCPT=rfc822;", "DSN");

  private Completion() {}

  /**
   * What the whole line may become.
   *
   * @param begun what stands before the cursor
   * @param ourName behind EHLO
   * @param addresses that were typed before
   */
  static List<String> of(
      String begun,
      Progress progress,
      boolean encrypted,
      String ourName,
      Collection<String> addresses) {
    if (progress.mode() != Progress.Mode.COMMAND) {
      return List.of();
    }
    if (begun.startsWith("/")) {
      return starting(begun, orders());
    }
    return starting(begun, lines(begun, progress, encrypted, ourName, addresses));
  }

  private static Stream<String> orders() {
    return Stream.of(Order.values())
        .map(order -> order.arguments().isEmpty() ? order.word() : order.word() + " ");
  }

  private static Stream<String> lines(
      String begun, Progress progress, boolean encrypted, String ourName, Collection<String> seen) {
    String upper = begun.toUpperCase(Locale.ROOT);
    if (upper.startsWith("MAIL FROM:")) {
      return path(begun, "MAIL FROM:<", seen, OF_MAIL, progress);
    }
    if (upper.startsWith("RCPT TO:")) {
      return path(begun, "RCPT TO:<", seen, OF_RCPT, progress);
    }
    if (upper.startsWith("AUTH ")) {
      return progress.mechanisms().stream().map(mechanism -> "AUTH " + mechanism);
    }
    if (upper.startsWith("BDAT ")) {
      return Stream.of(begun + " LAST").filter(_ -> begun.matches("(?i)bdat [0-9]{1,18}"));
    }
    return Verbs.now(progress, encrypted).stream()
        .map(verb -> isGreeting(verb, progress) ? verb + ourName : verb);
  }

  private static boolean isGreeting(String verb, Progress progress) {
    return verb.endsWith("LO ") && progress.protocol() != Protocol.POP3;
  }

  private static Stream<String> path(
      String begun,
      String verb,
      Collection<String> seen,
      Map<String, String> parameters,
      Progress progress) {
    int close = begun.indexOf('>');
    if (close < 0) {
      return seen.stream().sorted().map(address -> verb + address + ">");
    }
    int word = begun.lastIndexOf(' ');
    String before = word > close ? begun.substring(0, word) : begun.stripTrailing();
    Set<String> offered = Set.copyOf(offered(parameters, progress));
    return new ArrayList<>(offered)
        .stream()
            .sorted()
            .filter(parameter -> !before.contains(" " + parameter.split("=", 2)[0]))
            .map(parameter -> before + " " + parameter);
  }

  private static List<String> offered(Map<String, String> parameters, Progress progress) {
    return parameters.entrySet().stream()
        .filter(entry -> progress.offers(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Those that go on from what was begun, in any case, in their order; what was typed stays as it was typed. */
  private static List<String> starting(String begun, Stream<String> lines) {
    return lines
        .filter(line -> line.length() > begun.length())
        .filter(line -> line.regionMatches(true, 0, begun, 0, begun.length()))
        .toList();
  }
}
