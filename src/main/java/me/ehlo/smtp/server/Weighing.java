package me.ehlo.smtp.server;

import java.util.Optional;
import me.ehlo.mail.DeliveredToHeader;
import me.ehlo.mail.Recipient;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.SmtpLimits;

/** Whether a mail's content is one that can be kept. */
final class Weighing {
  private Weighing() {}

  /**
   * Why it cannot be kept; empty: it can.
   *
   * @param last whether all of it has come
   */
  static Optional<Reply> refusal(long sizeMax, Transaction tx, ContentFacts facts, boolean last) {
    if (facts.octets() > sizeMax) {
      return Optional.of(Reply.of(Replies.TOO_BIG, sizeMax));
    }
    if (facts.stored() != ContentFacts.Stored.WELL) {
      return Optional.of(store(facts.stored()));
    }
    if (!last) {
      return Optional.empty();
    }
    return switch (facts.flaw()) {
      case BARE_CR -> Optional.of(Reply.of(Replies.BARE_CR));
      case BARE_LF -> Optional.of(Reply.of(Replies.BARE_LF));
      case NUL -> Optional.of(Reply.of(Replies.NUL));
      case NONE ->
          facts.hops() >= SmtpLimits.HOPS_MAX
              ? Optional.of(Reply.of(Replies.LOOP, facts.hops()))
              : cameBack(tx, facts);
    };
  }

  private static Optional<Reply> cameBack(Transaction tx, ContentFacts facts) {
    return tx.recipients().stream()
        .filter(Recipient::forwards)
        .filter(recipient -> facts.deliveredTo().contains(DeliveredToHeader.key(recipient)))
        .findFirst()
        .map(recipient -> Reply.of(Replies.CAME_BACK, recipient.path()));
  }

  /** What is said of a store that has not taken it. */
  static Reply store(ContentFacts.Stored why) {
    return Reply.of(why == ContentFacts.Stored.FULL ? Replies.STORE_FULL : Replies.STORE_TROUBLE);
  }
}
