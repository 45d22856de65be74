package me.ehlo.access;

import java.util.List;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.Reason;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.server.Client;
import me.ehlo.smtp.server.Policy;

/** The site's answer to "may this mail come in?": for our own users yes, while they have room; for anybody else no. */
public final class SitePolicy implements Policy {
  private final Recipients recipients;
  private final Room room;

  /** Asks whether a maildrop has room for so many more octets; quick. */
  @FunctionalInterface
  public interface Room {
    boolean has(Account account, long octets) throws StorageFailure;
  }

  public SitePolicy(Recipients recipients, Room room) {
    this.recipients = recipients;
    this.room = room;
  }

  @Override
  public Verdict recipient(Client client, ReversePath from, ForwardPath to, long size) {
    try {
      return switch (recipients.resolve(to)) {
        case Recipients.Found.Users(var accounts) -> welcomeIfRoom(to, accounts, size);
        case Recipients.Found.Unknown() -> refused(Replies.UNKNOWN_USER, to);
        case Recipients.Found.Elsewhere(var host) ->
            new Verdict.Refused(Reply.of(Replies.RELAYING_DENIED, to, host));
        case Recipients.Found.Loop() -> refused(Replies.ALIAS_LOOP, to);
      };
    } catch (StorageFailure e) {
      return new Verdict.Refused(Reply.of(Replies.LOOKUP_TROUBLE));
    }
  }

  private Verdict welcomeIfRoom(ForwardPath to, List<Account> accounts, long size)
      throws StorageFailure {
    for (Account account : accounts) {
      if (!room.has(account, size)) {
        return refused(Replies.MAILDROP_FULL, to);
      }
    }
    List<AccountId> ids = accounts.stream().map(Account::id).toList();
    return new Verdict.Welcome(Recipient.local(to, ids));
  }

  private static Verdict refused(Reason reason, ForwardPath to) {
    return new Verdict.Refused(Reply.of(reason, to));
  }
}
