package me.ehlo.smtp.server;

import java.util.OptionalLong;
import me.ehlo.smtp.Command.Etrn;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.Reply;

/** How ETRN is answered to those who may say it (RFC 1985 §5.3). */
final class QueueStart {
  private QueueStart() {}

  static Reply answer(Policy policy, Etrn.Node node) {
    return switch (node) {
      case Etrn.Node.Queue queue -> Reply.of(Replies.NO_NAMED_QUEUES, queue);
      case Etrn.Node.Of(var domain, var subdomains) ->
          started(node, policy.startQueue(domain, subdomains));
    };
  }

  private static Reply started(Etrn.Node node, OptionalLong due) {
    if (due.isEmpty()) {
      return Reply.of(Replies.QUEUE_UNREACHABLE, node);
    }
    return due.getAsLong() == 0
        ? Reply.of(Replies.NOTHING_WAITS, node)
        : Reply.of(Replies.QUEUE_STARTED, due.getAsLong(), node);
  }
}
