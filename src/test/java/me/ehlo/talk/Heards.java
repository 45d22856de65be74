package me.ehlo.talk;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import me.ehlo.call.Heard;
import me.ehlo.call.Heard.Kind;
import me.ehlo.mail.EnhancedStatus;

/** Answers for tests, made of the lines that a server would say. */
final class Heards {
  private Heards() {}

  /** A line and its answer. */
  static Heard say(Progress progress, String line, String... answer) {
    Heard heard = heard(answer);
    progress.heard(line, heard);
    return heard;
  }

  static Heard heard(String... lines) {
    String first = lines[0];
    boolean pop3 = first.startsWith("+") || first.startsWith("-");
    int code = pop3 ? 0 : Integer.parseInt(first.substring(0, 3));
    Optional<EnhancedStatus> status =
        !pop3 && first.substring(4).matches("[245]\\.\\d+\\.\\d+ .*")
            ? Optional.of(EnhancedStatus.of(first.substring(4).split(" ", 2)[0]))
            : Optional.empty();
    List<String> texts =
        Arrays.stream(lines)
            .map(line -> pop3 ? line.replaceFirst("^\\S+ ?", "") : line.substring(4))
            .map(text -> status.map(it -> text.replaceFirst("^" + it + " ", "")).orElse(text))
            .toList();
    return new Heard(
        List.of(lines), kind(first, code), code, status, texts, Duration.ofMillis(3), "");
  }

  private static Kind kind(String first, int code) {
    if (code == 0) {
      return first.startsWith("+OK") ? Kind.DONE : first.startsWith("-") ? Kind.NEVER : Kind.GO_ON;
    }
    return switch (code / 100) {
      case 2 -> Kind.DONE;
      case 3 -> Kind.GO_ON;
      case 4 -> Kind.NOT_NOW;
      default -> Kind.NEVER;
    };
  }
}
