package me.ehlo.relay;

import java.util.List;
import me.ehlo.access.Account;
import me.ehlo.access.Recipients;
import me.ehlo.mail.Cause;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Outcome;
import me.ehlo.mail.StorageFailure;
import me.ehlo.queue.Courier;
import me.ehlo.queue.QueueEntry;
import me.ehlo.smtp.Replies;

/** Settles mails that need go no further, because their domain is ours. */
final class Arrived {
  private final Residents residents;

  Arrived(Residents residents) {
    this.residents = residents;
  }

  void settle(Parcel parcel) {
    parcel
        .returns()
        .came(
            parcel.entries().stream()
                .map(entry -> new Courier.Return(entry, outcome(entry)))
                .toList());
  }

  private Outcome outcome(QueueEntry entry) {
    try {
      return switch (residents.find(entry.recipient())) {
        case Recipients.Found.Users(var accounts, var elsewhere) -> arrived(accounts, elsewhere);
        case Recipients.Found.Unknown() ->
            new Outcome.Failed(Cause.of(Replies.UNKNOWN_USER, entry.recipient()));
        case Recipients.Found.Loop() ->
            new Outcome.Failed(Cause.of(Replies.ALIAS_LOOP, entry.recipient()));
        case Recipients.Found.Elsewhere _ ->
            new Outcome.Delayed(Cause.of(RelayReason.STRAY), false);
      };
    } catch (StorageFailure e) {
      return new Outcome.Delayed(Cause.of(RelayReason.LOOKUP_TROUBLE), false);
    }
  }

  private static Outcome arrived(List<Account> accounts, List<Mailbox> elsewhere) {
    var ids = accounts.stream().map(Account::id).toList();
    return ids.size() == 1 && elsewhere.isEmpty()
        ? new Outcome.Delivered(ids)
        : new Outcome.Expanded(ids, elsewhere);
  }
}
