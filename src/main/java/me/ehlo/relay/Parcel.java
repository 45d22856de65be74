package me.ehlo.relay;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.ehlo.mail.Cause;
import me.ehlo.mail.Host;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Outcome;
import me.ehlo.queue.Courier;
import me.ehlo.queue.QueueEntry;

/**
 * Recipients of one mail that go one way, in one transaction.
 *
 * @param since when it was taken in hand, by {@link System#nanoTime}
 * @param tries how often it has come back from a conversation that broke
 * @param avoided servers that have been tried
 * @param trouble what the last of them had
 */
record Parcel(
    List<QueueEntry> entries,
    Courier.Returns returns,
    long since,
    int tries,
    Set<InetSocketAddress> avoided,
    Optional<Cause> trouble) {

  Parcel(List<QueueEntry> entries, Courier.Returns returns, long since) {
    this(List.copyOf(entries), returns, since, 0, Set.of(), Optional.empty());
  }

  MailId mail() {
    return entries.getFirst().mail();
  }

  Host host() {
    return entries.getFirst().recipient().host();
  }

  /** Some of its recipients. */
  Parcel of(List<QueueEntry> some) {
    return new Parcel(List.copyOf(some), returns, since, tries, avoided, trouble);
  }

  /** To be tried again: on another connection to the same server. */
  Parcel again(Cause cause) {
    return new Parcel(entries, returns, since, tries + 1, avoided, Optional.of(cause));
  }

  /** To be tried again, at another server. */
  Parcel elsewhere(InetSocketAddress tried, Cause cause) {
    return avoiding(tried).again(cause);
  }

  /** Not to be tried at this server. */
  Parcel avoiding(InetSocketAddress server) {
    Set<InetSocketAddress> all = new HashSet<>(avoided);
    all.add(server);
    return new Parcel(entries, returns, since, tries, Set.copyOf(all), trouble);
  }

  /** Tells that all of it ended so. */
  void settle(Outcome outcome) {
    List<Courier.Return> all = new ArrayList<>(entries.size());
    for (QueueEntry entry : entries) {
      all.add(new Courier.Return(entry, outcome));
    }
    returns.came(all);
  }
}
