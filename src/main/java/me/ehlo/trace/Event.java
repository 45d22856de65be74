package me.ehlo.trace;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.EnhancedStatus;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Reason;

/** Something that happened, as a value: the log shows it now, the story of the mail tells it later. */
public sealed interface Event {

  /** When it happened. */
  Instant at();

  /** A detail, named; never a secret and never content. */
  record Field(String name, String value) {}

  /** A client came. */
  record Opened(Instant at, String conversation, String protocol, String client) implements Event {}

  /** A conversation goes on encrypted, or has begun so: over this version of TLS with this cipher suite. */
  record Encrypted(Instant at, String conversation, String version, String cipher)
      implements Event {}

  /** A proxy has said whom it speaks for. */
  record Renamed(Instant at, String conversation, String client, String proxy) implements Event {}

  /**
   * A decision, made from the same value as the reply.
   *
   * @param stage the verb it answers, {@code content} for the mail itself, {@code connect} before any verb
   * @param said the reply's sentence, filled in
   */
  record Decided(
      Instant at,
      String conversation,
      Optional<MailId> mail,
      String stage,
      Reason reason,
      String said,
      List<Field> details)
      implements Event {}

  /**
   * What became of a recipient: an attempt's end, or a decision of the queue.
   *
   * @param state {@code waiting}, or the final state
   * @param said the reason's sentence, filled in, or the other server's own words
   * @param host the other server, as people name it; empty where none was reached
   * @param attempts made so far
   * @param next when something happens to it next; empty when it is settled
   */
  record Attempted(
      Instant at,
      MailId mail,
      String recipient,
      String state,
      String reason,
      EnhancedStatus status,
      String said,
      String host,
      int attempts,
      Optional<Instant> next)
      implements Event {}

  /** A report was made for the sender of a mail: the mail it is about, the mail it is, and who gets it. */
  record Reported(Instant at, MailId about, MailId mail, String recipient) implements Event {}

  /** A client went, or was sent away; {@code how} is one of {@code quit lost idle refused stopping failed tls-failed}. */
  record Closed(Instant at, String conversation, String how) implements Event {}

  /** Something went wrong on our side, or came right again; {@code where} names the room. */
  record Trouble(Instant at, String where, String what) implements Event {}

  /** Something people who run the server want to know. */
  record Note(Instant at, String where, String what) implements Event {}
}
