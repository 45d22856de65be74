package me.ehlo.store;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.queue.Births;
import me.ehlo.queue.QueueEntry;
import me.ehlo.queue.Settlement.Change;
import me.ehlo.queue.State;

/** The queue's entries in memory. */
final class RamEntries {
  private final NavigableMap<Key, QueueEntry> entries = new TreeMap<>();

  private record Key(MailId mail, int n) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return Comparator.comparing(Key::mail).thenComparingInt(Key::n).compare(this, other);
    }
  }

  List<QueueEntry> all() {
    return List.copyOf(entries.values());
  }

  void put(QueueEntry entry) {
    entries.put(new Key(entry.mail(), entry.n()), entry);
  }

  boolean isHeld(QueueEntry entry) {
    QueueEntry now = entries.get(new Key(entry.mail(), entry.n()));
    return now != null && entry.lease() != 0 && now.lease() == entry.lease();
  }

  boolean hold(MailId mail) {
    return !of(mail).isEmpty();
  }

  private Map<Key, QueueEntry> of(MailId mail) {
    return entries.subMap(new Key(mail, 0), true, new Key(mail, Integer.MAX_VALUE), true);
  }

  void again(Change.Again again) {
    QueueEntry entry = again.entry();
    put(
        new QueueEntry(
            entry.mail(),
            entry.n(),
            0,
            entry.from(),
            entry.dsn(),
            entry.recipient(),
            entry.notices(),
            entry.orcpt(),
            entry.state().isFinal() ? entry.state() : State.WAITING,
            again.attempts(),
            entry.since(),
            Optional.of(again.next()),
            again.warned(),
            again.cause().or(entry::cause)));
  }

  void done(Change.Done done, Instant now) {
    QueueEntry entry = done.entry();
    for (Mailbox target : done.elsewhere()) {
      put(
          new QueueEntry(
              entry.mail(),
              of(entry.mail()).size(),
              0,
              entry.from(),
              entry.dsn(),
              target,
              Births.inherited(entry.notices()),
              entry.orcpt(),
              State.WAITING,
              0,
              entry.since(),
              Optional.of(now),
              false,
              Optional.empty()));
    }
    put(
        new QueueEntry(
            entry.mail(),
            entry.n(),
            0,
            entry.from(),
            entry.dsn(),
            entry.recipient(),
            entry.notices(),
            entry.orcpt(),
            done.state(),
            entry.attempts(),
            entry.since(),
            Optional.empty(),
            entry.warned(),
            done.cause()));
  }

  /** Forgets the entries of a mail, if nothing more will happen to any. */
  void letGo(MailId mail) {
    if (of(mail).values().stream().allMatch(entry -> entry.next().isEmpty())) {
      of(mail).clear();
    }
  }
}
