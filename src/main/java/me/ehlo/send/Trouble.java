package me.ehlo.send;

import java.util.Optional;
import me.ehlo.call.Heard;
import me.ehlo.call.Stage;
import me.ehlo.net.WireFailure;

/**
 * Why it goes no further with this server.
 *
 * @param heard what the server has said, if that is why
 * @param why a sentence without its full stop, where the server has said nothing; else empty
 */
record Trouble(Result.State state, Stage stage, Optional<Heard> heard, String why) {

  /** The server has said no. */
  static Trouble heard(Stage stage, Heard heard) {
    Result.State state =
        heard.kind() == Heard.Kind.NOT_NOW ? Result.State.DEFERRED : Result.State.REFUSED;
    String why = heard.kind() == Heard.Kind.NONSENSE ? "this is no answer: " + heard.flaw() : "";
    return new Trouble(state, stage, Optional.of(heard), why);
  }

  /** The connection is gone, or nobody answers. */
  static Trouble lost(Stage stage, WireFailure failure) {
    if (failure.kind()
        == WireFailure.Kind.STOPPED) { // it is we who left, without hearing the answer
      return stopped(stage);
    }
    Result.State state = stage == Stage.DOT ? Result.State.IN_DOUBT : Result.State.DEFERRED;
    return new Trouble(state, stage, Optional.empty(), said(stage, failure));
  }

  /** We do not go on, and trying again will not help. */
  static Trouble ours(Stage stage, String why) {
    return new Trouble(Result.State.REFUSED, stage, Optional.empty(), why);
  }

  /** It went as far as it was to go. */
  static Trouble stopped(Stage stage) {
    return new Trouble(Result.State.STOPPED, stage, Optional.empty(), "");
  }

  /** Whether the server is about to hang up, so that nothing more need be said. */
  boolean isGoodbye() {
    return heard.map(it -> it.code() == 421).orElse(false); // RFC 5321 §3.8
  }

  boolean isTemporary() {
    return state == Result.State.DEFERRED;
  }

  private static String said(Stage stage, WireFailure failure) {
    String when =
        switch (stage) {
          case CONNECT -> "while connecting";
          case GREETING -> "before the greeting";
          case TLS -> "in the TLS handshake";
          case DOT -> "behind the final dot, before the answer";
          default -> "after " + stage.name();
        };
    return switch (failure.kind()) {
      case TIMED_OUT -> "no answer in time " + when;
      case STOPPED -> "broken off " + when;
      case LOST -> "the connection was lost " + when + cause(failure);
    };
  }

  private static String cause(WireFailure failure) {
    return failure.getCause() == null ? "" : ": " + failure.getMessage();
  }
}
