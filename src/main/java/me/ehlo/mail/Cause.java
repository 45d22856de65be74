package me.ehlo.mail;

import java.util.Optional;

/**
 * Why a recipient's delivery ended or must wait: the decision, and what the other side said.
 *
 * @param reason ours, with a stable id
 * @param said the reason's sentence, filled in: plain words for log, queue and report
 * @param host the other server as people name it, {@code mx1.example.org [192.0.2.7]}; empty when none was reached
 * @param reply its own words, where it said any
 */
public record Cause(Reason reason, String said, String host, Optional<RemoteReply> reply) {

  /** A decision that no other server had a part in. */
  public static Cause of(Reason reason, Object... values) {
    return new Cause(reason, reason.say(values), "", Optional.empty());
  }

  /** The enhanced status to tell: the other server's where it gave one of the same class, else ours. */
  public EnhancedStatus status() {
    return reply
        .flatMap(RemoteReply::status)
        .filter(status -> status.kind() == reason.status().kind())
        .orElse(reason.status());
  }
}
