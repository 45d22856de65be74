package me.ehlo.talk;

import java.util.List;
import java.util.Optional;
import me.ehlo.call.Heard.Kind;

/** The refusals that people meet most, told with what they typed. */
final class Refusals {
  private Refusals() {}

  /** The server is asked to carry mail to a domain that is not its own. */
  static boolean isRelaying(Situation it) {
    return it.isTo("RCPT")
        && it.heard().kind() == Kind.NEVER
        && (it.says("relay", "not permitted to send", "we do not accept mail for")
            || it.hasStatus("5.7.1") && it.says("access denied", "not authorized", "not allowed"));
  }

  static List<String> relaying(Situation it) {
    String there = it.words().domain().isEmpty() ? "that domain" : it.words().domain();
    return List.of(
        "Refused, permanently (5xx): the same again gets the same answer.",
        ("%s\"not authorized\": you ask %s to carry mail to %s, which is not one of its own"
                + " domains, and you have not logged in. A server that said yes to everyone would be"
                + " an open relay. So this answer is correct unless one of these is true:")
            .formatted(
                it.heard().status().map(status -> status + " ").orElse(""), it.host(), there),
        "  you have an account there         /reconnect 587   then   /auth",
        "  you meant their own server        /reconnect --mx " + there,
        "  it should take " + there + "      add the domain on " + it.host(),
        whatIsLeft(it).orElse(""));
  }

  static boolean isGreylisting(Situation it) {
    return it.heard().kind() == Kind.NOT_NOW
        && it.says("greylist", "graylist", "grey-list", "postgrey");
  }

  static List<String> greylisting(Situation it) {
    return List.of(
        "Greylisting: whoever is new here is sent away once. A mail server comes back by itself and"
            + " is taken then; most who send spam do not come back.",
        "Nothing is wrong. Wait a few minutes, then /again; from the same address, with the same"
            + " sender and recipient.");
  }

  /** What can still be done in this conversation. */
  static Optional<String> whatIsLeft(Situation it) {
    Progress progress = it.progress();
    if (progress.sender().isEmpty()) {
      return Optional.empty();
    }
    if (it.isTo("RCPT")) {
      return Optional.of("The sender is still set. Another RCPT TO is possible; RSET starts over.");
    }
    return Optional.empty();
  }
}
