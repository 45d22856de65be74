package me.ehlo.call;

import java.time.Duration;
import me.ehlo.net.WireFailure;

/** What a wire that failed means, in words. */
final class Failures {
  private Failures() {}

  /** As a clause. */
  static String clause(WireFailure failure, Duration patience) {
    return switch (failure.kind()) {
      case TIMED_OUT -> "no answer within " + patience.toSeconds() + " s";
      case LOST -> "the server closed the connection";
      case STOPPED -> "we are stopping";
    };
  }
}
