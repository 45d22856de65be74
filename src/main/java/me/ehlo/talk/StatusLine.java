package me.ehlo.talk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import me.ehlo.call.Destination;
import me.ehlo.call.Protocol;

/** The line at the bottom: with whom one talks, how safely, how far one has come, and how long the server will wait. */
final class StatusLine {
  private static final Duration SMTP = Duration.ofMinutes(5); // RFC 5321 §4.5.3.2.7
  private static final Duration POP3 = Duration.ofMinutes(10); // RFC 1939 §3
  private static final Duration WORTH_SAYING = Duration.ofSeconds(5);

  private StatusLine() {}

  /** While somebody types. */
  static String of(Optional<Link> held) {
    return held.filter(Link::isOpen)
        .map(link ->
            shown(link.call().to())
                + (link.isEncrypted() ? "  TLS" : "  no TLS")
                + idle(link.progress().protocol(), link.quiet())
                + "  "
                + link.progress().shown())
        .orElse("no connection");
  }

  /** Of a socket only its name: the line is short. */
  private static String shown(Destination to) {
    return to.socket().map(Path::getFileName).map(Path::toString).orElseGet(to::shown);
  }

  /** While an answer is awaited. */
  static String waiting(String what, Duration waited) {
    return "waiting for " + what + seconds(waited) + "  (Ctrl-C gives up)";
  }

  /** So long no server may hang up, and behind it most do. */
  static String idle(Protocol protocol, Duration quiet) {
    if (quiet.compareTo(WORTH_SAYING) < 0) {
      return "";
    }
    Duration patience = protocol == Protocol.POP3 ? POP3 : SMTP;
    Duration left = patience.minus(quiet);
    return "  idle "
        + Tally.span(quiet)
        + (left.isPositive()
            ? ", the server waits " + Tally.span(left.plusMillis(999)) + " more"
            : ", the server may hang up now");
  }

  private static String seconds(Duration waited) {
    return waited.toSeconds() == 0 ? "" : ", " + Tally.span(waited);
  }
}
