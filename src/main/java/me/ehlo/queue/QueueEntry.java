package me.ehlo.queue;

import java.time.Instant;
import java.util.Optional;
import me.ehlo.mail.Cause;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Orcpt;
import me.ehlo.mail.ReversePath;

/**
 * One recipient of a mail and its schedule.
 *
 * <p>A final state with a next event is a report that is owed: a local recipient whose sender asked for NOTIFY=SUCCESS, an
 * alias that was expanded.
 *
 * @param n which of the mail's entries, from 0
 * @param lease who has it in hand; only the holder may settle it. 0: nobody
 * @param recipient where it goes now; for an owed report, whom it was for
 * @param attempts that were made
 * @param since when the mail was accepted
 * @param next when something happens to it next; never empty while it is not final
 * @param warned whether the sender was told that it takes long
 * @param cause why the last attempt did not do
 */
public record QueueEntry(
    MailId mail,
    int n,
    long lease,
    ReversePath from,
    DsnOptions dsn,
    Mailbox recipient,
    Notify notices,
    Optional<Orcpt> orcpt,
    State state,
    int attempts,
    Instant since,
    Optional<Instant> next,
    boolean warned,
    Optional<Kept> cause) {

  /**
   * A cause as it was kept.
   *
   * @param text the other server's reply, or our sentence where it said none
   */
  public record Kept(String reason, int code, String status, String text, String host) {

    public static Kept of(Cause cause) {
      return new Kept(
          cause.reason().id(),
          cause.reply().map(reply -> reply.code()).orElse(cause.reason().code()),
          cause.status().toString(),
          cause.reply().map(reply -> reply.text()).orElse(cause.said()),
          cause.host());
    }
  }
}
