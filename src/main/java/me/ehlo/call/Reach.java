package me.ehlo.call;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.Locale;
import me.ehlo.net.WireFailure;

/** How far a connection came: silence is not "no", and "no" is not "there is no way". */
public sealed interface Reach {

  /** Somebody has taken it. */
  record Connected(Duration took) implements Reach {}

  /** It arrived, and nobody listens, or a firewall says so in their place (RST). */
  record Refused() implements Reach {}

  /** Nothing came back: packets are dropped on the way, or nobody has the address. */
  record NoAnswer(Duration waited) implements Reach {}

  /** Somebody on the way has said that it does not go there (ICMP). */
  record Unreachable(String why) implements Reach {}

  /** This machine has no way to such addresses at all. */
  record NoRoute() implements Reach {}

  /** What it means that a connection was not made. */
  static Reach failed(WireFailure failure, Duration waited) {
    if (failure.kind() == WireFailure.Kind.TIMED_OUT) {
      return new NoAnswer(waited);
    }
    String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return switch (failure.getCause()) {
      case ConnectException _ when said.contains("timed out") -> new NoAnswer(waited);
      case ConnectException _ when said.contains("refused") -> new Refused();
      case NoRouteToHostException _ -> new Unreachable(said);
      case null, default ->
          said.contains("network is unreachable") || said.contains("cannot assign")
              ? new NoRoute()
              : new Unreachable(said);
    };
  }

  /** Whether the connection was made, and ended before it could be used. */
  static boolean isReset(WireFailure failure) {
    return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("reset");
  }

  default boolean isConnected() {
    return this instanceof Connected;
  }
}
