package me.ehlo.smtp.server;

import java.util.Optional;
import me.ehlo.lines.ContentLimits;
import me.ehlo.lines.ContentShape;
import me.ehlo.mail.DeliveredToHeader;
import me.ehlo.mail.Recipient;
import me.ehlo.smtp.ContentReplies;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.SmtpLimits;

/** Judges a content by the facts that were found about it: why the mail is refused, if it is. */
final class Weighing {
  private final House house;
  private final Policy policy;

  Weighing(House house, Policy policy) {
    this.house = house;
    this.policy = policy;
  }

  /** Why nothing that may still come could make a mail of it. */
  Optional<Reply> soFar(ContentFacts facts) {
    if (facts.octets() > house.sizeMax()) {
      return Optional.of(Reply.of(Replies.TOO_BIG, house.sizeMax()));
    }
    if (facts.excess() != ContentShape.Excess.NONE) {
      return Optional.of(excess(facts.excess(), house.content()));
    }
    return facts.stored() == ContentFacts.Stored.WELL
        ? Optional.empty()
        : Optional.of(storeReply(facts.stored()));
  }

  /** Why the whole of it is not taken. */
  Optional<Reply> whole(Client client, Transaction tx, ContentFacts facts) {
    return soFar(facts)
        .or(() -> flaw(facts))
        .or(() -> loop(facts))
        .or(() -> cameBack(tx, facts))
        .or(() -> client.login().flatMap(_ -> policy.authors(client, facts.authors().get())));
  }

  static Reply storeReply(ContentFacts.Stored why) {
    return Reply.of(why == ContentFacts.Stored.FULL ? Replies.STORE_FULL : Replies.STORE_TROUBLE);
  }

  private static Reply excess(ContentShape.Excess excess, ContentLimits limits) {
    return switch (excess) {
      case HEADER_OCTETS -> Reply.of(ContentReplies.HEADER_TOO_BIG, limits.headerOctets());
      case HEADER_FIELDS -> Reply.of(ContentReplies.TOO_MANY_FIELDS, limits.headerFields());
      case DEPTH -> Reply.of(ContentReplies.NESTED_TOO_DEEP, limits.depth());
      case PARTS -> Reply.of(ContentReplies.TOO_MANY_PARTS, limits.parts());
      case NONE -> throw new IllegalArgumentException("nothing is too much");
    };
  }

  private static Optional<Reply> flaw(ContentFacts facts) {
    return switch (facts.flaw()) {
      case NONE -> Optional.empty();
      case BARE_CR -> Optional.of(Reply.of(Replies.BARE_CR));
      case BARE_LF -> Optional.of(Reply.of(Replies.BARE_LF));
      case NUL -> Optional.of(Reply.of(Replies.NUL));
    };
  }

  /** RFC 5321 §6.3. */
  private static Optional<Reply> loop(ContentFacts facts) {
    return facts.hops() >= SmtpLimits.HOPS_MAX
        ? Optional.of(Reply.of(Replies.LOOP, facts.hops()))
        : Optional.empty();
  }

  private static Optional<Reply> cameBack(Transaction tx, ContentFacts facts) {
    return tx.recipients().stream()
        .filter(Recipient::forwards)
        .filter(recipient -> facts.deliveredTo().contains(DeliveredToHeader.key(recipient)))
        .findFirst()
        .map(recipient -> Reply.of(Replies.CAME_BACK, recipient.path()));
  }
}
