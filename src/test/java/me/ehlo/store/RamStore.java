package me.ehlo.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import me.ehlo.access.Directory;
import me.ehlo.access.Guestbook;
import me.ehlo.access.RamDirectory;
import me.ehlo.access.RamGuestbook;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.MailId;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrops;
import me.ehlo.maildrop.RamMaildrops;
import me.ehlo.queue.Births;
import me.ehlo.queue.Queue;
import me.ehlo.queue.QueueEntry;
import me.ehlo.queue.RamQueue;
import me.ehlo.queue.Settlement;
import me.ehlo.spool.Arrival;
import me.ehlo.spool.Composed;
import me.ehlo.spool.RamSpool;
import me.ehlo.spool.Spool;
import org.jspecify.annotations.Nullable;

/** The store as the tests of other rooms use it: in memory, and able to fail when told to. */
public final class RamStore implements Custody {
  private final Map<MailId, Kept> mails = new TreeMap<>();
  private final Map<AccountId, Set<MailId>> maildrops = new HashMap<>();
  private final Map<MailId, Set<AccountId>> given = new HashMap<>();
  private final RamDirectory directory = new RamDirectory(this);
  private final RamGuestbook guestbook = new RamGuestbook();
  private final RamSpool spool = new RamSpool(this);
  private final RamMaildrops drops = new RamMaildrops(this);
  private final RamQueue queue = new RamQueue(this);
  private final RamEntries entries = new RamEntries();
  private final InstantSource clock;
  private StorageFailure.@Nullable Kind failure;

  public RamStore() {
    this(InstantSource.system());
  }

  /**
   * @param clock tells when what an alias in the queue leads to is due
   */
  public RamStore(InstantSource clock) {
    this.clock = clock;
  }

  /** A mail that was kept. */
  public static final class Kept {
    private final Arrival arrival;
    private final byte[] content;

    Kept(Arrival arrival, byte[] content) {
      this.arrival = arrival;
      this.content = content;
    }

    public Arrival arrival() {
      return arrival;
    }

    public byte[] content() {
      return content.clone();
    }

    /** As its owner reads it. */
    public byte[] whole() {
      byte[] front =
          ("Return-Path: <" + arrival.envelope().reversePath() + ">\r\n" + arrival.received())
              .getBytes(UTF_8);
      byte[] whole = new byte[front.length + content.length];
      System.arraycopy(front, 0, whole, 0, front.length);
      System.arraycopy(content, 0, whole, front.length, content.length);
      return whole;
    }
  }

  @Override
  public Spool spool() {
    return spool;
  }

  @Override
  public Maildrops maildrops() {
    return drops;
  }

  @Override
  public Queue queue() {
    return queue;
  }

  @Override
  public Directory directory() {
    return directory;
  }

  @Override
  public Guestbook guestbook() {
    return guestbook;
  }

  /** From now on every question and every keep fails in this way; {@link #recover} ends it. */
  public synchronized void fail(StorageFailure.Kind kind) {
    failure = kind;
  }

  public synchronized void recover() {
    failure = null;
  }

  /** Throws what {@link #fail} asked for. */
  public synchronized void check() throws StorageFailure {
    if (failure != null) {
      throw new StorageFailure(failure, "as the test asked");
    }
  }

  /** All or nothing, as the real one. */
  public synchronized void keep(Arrival arrival, byte[] content) throws StorageFailure {
    check();
    if (!canKeep(arrival)) {
      throw new StorageFailure(StorageFailure.Kind.TROUBLE, "no such account, or an id used again");
    }
    mails.put(arrival.id(), new Kept(arrival, content));
    accounts(arrival).forEach(account -> give(arrival.id(), account));
    Births.of(arrival).forEach(entries::put);
  }

  private boolean canKeep(Arrival arrival) {
    return accounts(arrival).stream().allMatch(directory::exists)
        && !mails.containsKey(arrival.id());
  }

  private static Set<AccountId> accounts(Arrival arrival) {
    return arrival.envelope().recipients().stream()
        .flatMap(recipient -> recipient.accounts().stream())
        .collect(Collectors.toSet());
  }

  /** The queue's entries, oldest mail first. */
  public synchronized List<QueueEntry> entries() {
    return entries.all();
  }

  /** Writes an entry of the queue anew. */
  public synchronized void put(QueueEntry entry) {
    entries.put(entry);
  }

  /** All or nothing, as the real one. */
  public synchronized int settle(List<Settlement> settlements) throws StorageFailure {
    check();
    for (Settlement settlement : settlements) {
      for (Composed report : settlement.reports()) {
        if (!canKeep(report.arrival())) {
          throw new StorageFailure(StorageFailure.Kind.TROUBLE, "a report that cannot be kept");
        }
      }
    }
    Set<MailId> settled = new HashSet<>();
    int counted = 0;
    for (Settlement settlement : settlements) {
      int changes = 0;
      for (Settlement.Change change : settlement.changes()) {
        changes += settle(change) ? 1 : 0;
        settled.add(change.entry().mail());
      }
      if (changes > 0 || settlement.changes().isEmpty()) {
        for (Composed report : settlement.reports()) {
          keep(report.arrival(), report.content());
        }
      }
      counted += changes;
    }
    letGo(settled);
    return counted;
  }

  private boolean settle(Settlement.Change change) {
    if (!entries.isHeld(change.entry())) {
      return false;
    }
    return switch (change) {
      case Settlement.Change.Again again -> {
        entries.again(again);
        yield true;
      }
      case Settlement.Change.Done done -> done(done);
    };
  }

  private boolean done(Settlement.Change.Done done) {
    QueueEntry entry = done.entry();
    if (!done.accounts().stream().allMatch(directory::exists)) {
      entries.again(
          new Settlement.Change.Again(
              entry, clock.instant(), entry.attempts(), entry.warned(), entry.cause()));
      return false;
    }
    done.accounts().forEach(account -> give(entry.mail(), account));
    entries.done(done, clock.instant());
    return true;
  }

  /** Each account gets a mail once, even when it has deleted it meanwhile. */
  private void give(MailId mail, AccountId account) {
    if (given.computeIfAbsent(mail, _ -> new HashSet<>()).add(account)) {
      maildropOf(account).add(mail);
    }
  }

  /** Forgets those of these mails that the queue is done with. */
  public synchronized void letGo(Set<MailId> settled) {
    settled.forEach(entries::letGo);
    forgetUnheld(settled);
  }

  /** The mails in a maildrop, oldest first. */
  public synchronized Map<MailId, Kept> maildrop(AccountId account) {
    Map<MailId, Kept> held = new TreeMap<>();
    maildropOf(account).forEach(id -> held.put(id, mails.get(id)));
    return held;
  }

  public synchronized Optional<Kept> mail(MailId id) {
    return Optional.ofNullable(mails.get(id));
  }

  public synchronized void delete(AccountId account, Set<MailId> deleted) {
    maildropOf(account).removeAll(deleted);
    forgetUnheld(deleted);
  }

  public synchronized void remove(AccountId account) {
    Set<MailId> held = Set.copyOf(maildropOf(account));
    maildrops.remove(account);
    forgetUnheld(held);
  }

  private Set<MailId> maildropOf(AccountId account) {
    return maildrops.computeIfAbsent(account, fresh -> new HashSet<>());
  }

  private void forgetUnheld(Set<MailId> letGo) {
    for (MailId id : letGo) {
      if (!entries.hold(id) && maildrops.values().stream().noneMatch(held -> held.contains(id))) {
        mails.remove(id);
        given.remove(id);
      }
    }
  }
}
