package me.ehlo.access;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Domain;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Reason;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;
import me.ehlo.sasl.Mechanisms;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.server.Client;
import me.ehlo.smtp.server.Policy;

/** The site's answer to "may this mail come in?": for our own users, while they have room; for others, if we relay. */
public final class SitePolicy implements Policy {
  private final Recipients recipients;
  private final Room room;
  private final Relaying relaying;
  private final DomainLookup senderDomains;
  private final QueueStarts queueStarts;
  private final LoginRules logins;
  private final Strangers strangers;

  /** Asks whether a maildrop has room for so many more octets; quick. */
  @FunctionalInterface
  public interface Room {
    boolean has(Account account, long octets) throws StorageFailure;
  }

  /**
   * Makes one.
   *
   * @param senderDomains asked about the domain of each sender that is not of ours; {@link DomainLookup#NOT_ASKED}
   */
  public SitePolicy(
      Recipients recipients,
      Room room,
      Relaying relaying,
      DomainLookup senderDomains,
      QueueStarts queueStarts,
      LoginRules logins,
      Strangers strangers) {
    this.recipients = recipients;
    this.room = room;
    this.relaying = relaying;
    this.senderDomains = senderDomains;
    this.queueStarts = queueStarts;
    this.logins = logins;
    this.strangers = strangers;
  }

  @Override
  public Mechanisms mechanisms(Client client) {
    return logins.mechanisms(client);
  }

  @Override
  public Optional<Reply> sender(Client client, ReversePath from) {
    return client
        .login()
        .flatMap(new LoginStanding(recipients.directory())::refusal)
        .or(() -> strangers.refusal(client))
        .or(() -> unanswerable(from));
  }

  private Optional<Reply> unanswerable(ReversePath from) {
    return from instanceof ReversePath.Sender(Mailbox(_, Domain domain))
            && !recipients.isOurs(domain)
        ? refusal(senderDomains.find(domain), from, domain)
        : Optional.empty(); // <>, an address literal, or ours
  }

  private static Optional<Reply> refusal(
      DomainLookup.Existence existence, ReversePath from, Domain domain) {
    return switch (existence) {
      case DomainLookup.Existence.Exists() -> Optional.empty();
      case DomainLookup.Existence.Missing() ->
          Optional.of(Reply.of(Replies.SENDER_DOMAIN_MISSING, from, domain));
      case DomainLookup.Existence.NullMx() ->
          Optional.of(Reply.of(Replies.SENDER_DOMAIN_NULL_MX, from, domain));
      case DomainLookup.Existence.Trouble _ ->
          Optional.of(Reply.of(Replies.SENDER_DOMAIN_TROUBLE, from, domain));
    };
  }

  @Override
  public Verdict recipient(Client client, ReversePath from, ForwardPath to, long size) {
    try {
      return switch (recipients.resolve(to)) {
        case Recipients.Found.Users users -> local(client, from, to, users, size);
        case Recipients.Found.Unknown() -> refused(Replies.UNKNOWN_USER, to);
        case Recipients.Found.Elsewhere(var mailbox) -> relay(client, from, mailbox);
        case Recipients.Found.Loop() -> refused(Replies.ALIAS_LOOP, to);
      };
    } catch (StorageFailure e) {
      return new Verdict.Refused(Reply.of(Replies.LOOKUP_TROUBLE));
    }
  }

  @Override
  public boolean mayStartQueue(Client client) {
    return queueStarts.areFor(client.address());
  }

  @Override
  public OptionalLong startQueue(Domain domain, boolean subdomains) {
    return queueStarts.start(domain, subdomains);
  }

  private Verdict local(
      Client client, ReversePath from, ForwardPath to, Recipients.Found.Users users, long size)
      throws StorageFailure {
    Optional<Reply> refusal = strangers.refusal(client, from, to);
    return refusal.isPresent()
        ? new Verdict.Refused(refusal.get())
        : welcomeIfRoom(to, users, size);
  }

  /** Where an alias leads to other sites, whoever may write to the alias may have mail sent there (RFC 5321 §3.9.1). */
  private Verdict welcomeIfRoom(ForwardPath to, Recipients.Found.Users users, long size)
      throws StorageFailure {
    for (Account account : users.accounts()) {
      if (!room.has(account, size)) {
        return refused(Replies.MAILDROP_FULL, to);
      }
    }
    List<AccountId> ids = users.accounts().stream().map(Account::id).toList();
    return new Verdict.Welcome(
        new Recipient(to, ids, users.elsewhere(), Notify.UNSAID, Optional.empty()));
  }

  private Verdict relay(Client client, ReversePath from, Mailbox to) {
    boolean ours =
        from instanceof ReversePath.Sender(var sender) && recipients.isOurs(sender.host());
    return relaying
        .refusal(client, from, ours, to)
        .<Verdict>map(Verdict.Refused::new)
        .orElseGet(() -> new Verdict.Welcome(Recipient.elsewhere(to)));
  }

  private static Verdict refused(Reason reason, ForwardPath to) {
    return new Verdict.Refused(Reply.of(reason, to));
  }
}
