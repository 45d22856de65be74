package me.ehlo.access;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import me.ehlo.mail.Authors;
import me.ehlo.mail.Domain;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Reason;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;
import me.ehlo.sasl.Identity;
import me.ehlo.sasl.Mechanisms;
import me.ehlo.smtp.ContentReplies;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.server.Client;
import me.ehlo.smtp.server.Policy;

/**
 * The site's policy for those who have logged in (RFC 6409 §6): they write under names of their own, and to so many people
 * an hour; for everything else, and everybody else, the answer is the one of the policy behind it.
 */
public final class AccountPolicy implements Policy {
  private final Policy others;
  private final Ownership ownership;
  private final AccountRates rates;

  public AccountPolicy(Policy others, Ownership ownership, AccountRates rates) {
    this.others = others;
    this.ownership = ownership;
    this.rates = rates;
  }

  @Override
  public Mechanisms mechanisms(Client client) {
    return others.mechanisms(client);
  }

  /** The empty reverse-path is everybody's: disposition notifications are sent with it (RFC 8098 §3). */
  @Override
  public Optional<Reply> sender(Client client, ReversePath from) {
    if (client.login().isEmpty()) {
      return others.sender(client, from);
    }
    // Others say whether the login still counts; no domain need be looked up: ours, or not the
    // account's
    return others
        .sender(client, new ReversePath.Null())
        .or(() ->
            from instanceof ReversePath.Sender(var mailbox)
                ? foreign(client.login().get(), List.of(mailbox), ContentReplies.SENDER_NOT_YOURS)
                : Optional.empty());
  }

  @Override
  public Verdict recipient(Client client, ReversePath from, ForwardPath to, long size) {
    Verdict verdict = others.recipient(client, from, to, size);
    boolean counts = verdict instanceof Verdict.Welcome && client.login().isPresent();
    return counts ? counted(client.login().get(), verdict) : verdict;
  }

  private Verdict counted(Identity login, Verdict welcome) {
    return rates.take(login.account())
        ? welcome
        : new Verdict.Refused(
            Reply.of(ContentReplies.ACCOUNT_TOO_BUSY, login.address(), rates.most()));
  }

  @Override
  public Optional<Reply> authors(Client client, Authors authors) {
    if (client.login().isEmpty()) {
      return others.authors(client, authors);
    }
    return switch (authors) {
      case Authors.Unasked() -> Optional.empty();
      case Authors.Unclear(var why) -> Optional.of(Reply.of(ContentReplies.AUTHOR_UNCLEAR, why));
      case Authors.Named(var mailboxes) ->
          foreign(client.login().get(), mailboxes, ContentReplies.AUTHOR_NOT_YOURS);
    };
  }

  private Optional<Reply> foreign(Identity login, List<Mailbox> addresses, Reason reason) {
    try {
      return ownership
          .foreign(login, addresses)
          .map(address -> Reply.of(reason, address, login.address()));
    } catch (StorageFailure e) {
      return Optional.of(Reply.of(Replies.LOOKUP_TROUBLE));
    }
  }

  @Override
  public boolean mayStartQueue(Client client) {
    return others.mayStartQueue(client);
  }

  @Override
  public OptionalLong startQueue(Domain domain, boolean subdomains) {
    return others.startQueue(domain, subdomains);
  }
}
