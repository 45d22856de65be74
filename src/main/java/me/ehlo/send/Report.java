package me.ehlo.send;

import java.util.List;
import java.util.Optional;
import me.ehlo.call.Stage;
import me.ehlo.send.Result.State;

/**
 * How it went, in all.
 *
 * @param results one for each recipient, in their order
 * @param ended why it ended before anybody could be asked about recipients; the last time that it did
 */
record Report(List<Result> results, Optional<Trouble> ended) {
  static final int PARTLY = 40;

  Report {
    results = List.copyOf(results);
  }

  long count(State state) {
    return results.stream().filter(it -> it.state() == state).count();
  }

  /** Who does not have it. */
  List<Result> without() {
    return results.stream().filter(it -> it.state() != State.ACCEPTED).toList();
  }

  boolean isStopped() {
    return results.isEmpty()
        ? ended.map(it -> it.state() == State.STOPPED).orElse(false)
        : count(State.STOPPED) > 0
            && count(State.STOPPED) + count(State.ACCEPTED) == results.size();
  }

  /** Whether the same again may go well; empty: nobody can know, since the mail may have arrived. */
  Optional<Boolean> retryable() {
    boolean leftBehindDot = count(State.STOPPED) > 0 && stage() == Stage.DOT;
    if (count(State.IN_DOUBT) > 0 || leftBehindDot) {
      return Optional.empty();
    }
    boolean later = ended.map(Trouble::isTemporary).orElse(false) && results.isEmpty();
    return Optional.of(later || count(State.DEFERRED) > 0);
  }

  /** For the shell: as swaks does it, and 40 where some have the mail, or would have had it, and others do not. */
  int exitCode() {
    if (isStopped()) {
      return 0;
    }
    long well = count(State.ACCEPTED) + count(State.STOPPED);
    if (well > 0) {
      return well == results.size() ? 0 : PARTLY;
    }
    return code(stage());
  }

  /** Where it failed: for the recipient with whom it came farthest. */
  Stage stage() {
    return without().stream()
        .map(Result::stage)
        .max(Enum::compareTo)
        .or(() -> ended.map(Trouble::stage))
        .orElse(Stage.DOT);
  }

  private static int code(Stage stage) {
    return switch (stage) {
      case CONNECT -> 20;
      case GREETING -> 21;
      case EHLO -> 22;
      case STARTTLS, TLS -> 29;
      case XCLIENT -> 33;
      case AUTH -> 28;
      case MAIL -> 23;
      case RCPT -> 24;
      case DATA -> 25;
      case DOT -> 26;
    };
  }
}
