package me.ehlo.send;

import java.util.Optional;
import me.ehlo.call.Destination;
import me.ehlo.call.Heard;
import me.ehlo.call.Stage;
import me.ehlo.mail.Mailbox;

/**
 * What became of the mail for one recipient.
 *
 * @param stage where it was decided
 * @param heard what the server said to it, if it was the server who decided
 * @param why a sentence without its full stop, where the server has not said it; else empty
 * @param server empty: none was reached
 */
record Result(
    Mailbox recipient,
    State state,
    Stage stage,
    Optional<Heard> heard,
    String why,
    Optional<Destination> server) {

  /** How it ended. */
  enum State {
    /** The server has it, and answers for it. */
    ACCEPTED,
    /** For good. */
    REFUSED,
    /** Not now; later it may go well. */
    DEFERRED,
    /** The connection was lost behind the dot: the server may have it, or not (RFC 1047). */
    IN_DOUBT,
    /** It was not tried to the end, because that was wanted. */
    STOPPED
  }

  /** In one line, for people. */
  String shown() {
    String where = server.map(it -> "   (" + it.name() + ")").orElse("");
    String said =
        heard
            .map(it ->
                it.code() == 0 ? it.text() : it.lines().getFirst().replaceFirst("^(...)-", "$1 "))
            .orElse(why);
    return recipient + "   " + said + where;
  }
}
