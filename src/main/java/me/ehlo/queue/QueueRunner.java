package me.ehlo.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import me.ehlo.mail.Domain;
import me.ehlo.mail.MailId;
import me.ehlo.mail.RemoteReply;
import me.ehlo.mail.StorageFailure;
import me.ehlo.queue.Courier.Return;
import me.ehlo.queue.Settlement.Change;
import me.ehlo.spool.Arrival;
import me.ehlo.spool.Arrivals;
import me.ehlo.spool.Composed;
import me.ehlo.spool.FirstTry;
import me.ehlo.trace.Event;
import me.ehlo.trace.Journal;

/**
 * The queue's one loop: gives what is due to the courier, and writes what became of it.
 *
 * <p>A new mail does not pass through the loop: it is born in our hands, and {@link #kept} gives it to the courier at once.
 * Outcomes come back from many conversations; whatever has gathered while the last commit was written is the next one, so
 * that under load a hundred settlements share a flush and a lonely one waits for nobody.
 *
 * <p>What is in hand is bounded. Beyond the bound mails are born waiting, and the loop claims them when there is room.
 */
public final class QueueRunner implements Arrivals, Courier.Returns, AutoCloseable {
  private static final int IN_HAND_MAX = 25_000;
  private static final int NEWBORN_MAX = 20_000;
  private static final int CLAIM_MAX = 500;
  private static final int SETTLE_MAX = 1_000;
  private static final Duration LEASE = Duration.ofHours(2);
  private static final Duration LOOK_EACH = Duration.ofSeconds(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(15);
  private static final Duration CHECK_EACH = Duration.ofMinutes(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final Queue queue;
  private final Courier courier;
  private final RetrySchedule schedule;
  private final Runs runs;
  private final Reports reports;
  private final InstantSource clock;
  private final Journal journal;
  private final BlockingQueue<Return> returned = new LinkedBlockingQueue<>();
  private final AtomicInteger inHand = new AtomicInteger();
  private final Semaphore news = new Semaphore(0);
  private final Thread thread;
  private volatile boolean stopping;
  private volatile boolean ended;
  private volatile boolean wanted;
  private List<Return> unsettled = List.of();
  private Instant due = Instant.MIN;
  private Instant lookAt = Instant.MIN;
  private Instant checkAt = Instant.MIN;

  /** What the runner works with; {@link Reports} has its own part of it. */
  public record Parts(
      Queue queue, Courier courier, RetrySchedule schedule, Runs runs, Journal journal) {}

  public QueueRunner(Parts parts, Reports reports, InstantSource clock) {
    this.queue = parts.queue;
    this.courier = parts.courier;
    this.schedule = parts.schedule;
    this.runs = parts.runs;
    this.journal = parts.journal;
    this.reports = reports;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("queue").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Somebody has changed the queue: what is due now is looked for at once. */
  public void wake() {
    wanted = true;
    news.release();
  }

  @Override
  public FirstTry firstTry() {
    Instant now = clock.instant();
    boolean room = !stopping && inHand.get() < NEWBORN_MAX;
    return runs.atOnce() && room
        ? new FirstTry(true, now.plus(LEASE))
        : new FirstTry(false, runs.from(now));
  }

  @Override
  public void kept(Arrival arrival) {
    if (arrival.firstTry().inHand()) {
      give(Births.of(arrival).stream().filter(entry -> !entry.state().isFinal()).toList());
    }
    if (!arrival.firstTry().inHand() || owesReport(arrival)) {
      wake();
    }
  }

  @Override
  public long flush(Domain domain, boolean subdomains) throws StorageFailure {
    long due = queue.apply(Selection.of(domain, subdomains), Queue.Action.RETRY, clock.instant());
    wake();
    return due;
  }

  private static boolean owesReport(Arrival arrival) {
    return arrival.envelope().recipients().stream().anyMatch(Births::owesReport);
  }

  @Override
  public void came(List<Return> outcomes) {
    returned.addAll(outcomes);
    news.release();
  }

  /** Entries that are given to the courier and not settled yet. */
  public int inHand() {
    return inHand.get();
  }

  private void give(List<QueueEntry> entries) {
    if (!entries.isEmpty()) {
      inHand.addAndGet(entries.size());
      courier.start(entries, this);
    }
  }

  private void run() {
    while (!stopping || inHand.get() > 0 && !ended) {
      try {
        turn();
      } catch (StorageFailure e) {
        pause(AFTER_FAILURE); // the store has told the journal; all that came back is still here
      } catch (RuntimeException e) { // a defect of ours must not end the loop that all mails need
        journal.record(new Event.Trouble(clock.instant(), "queue", e.toString()));
        pause(AFTER_FAILURE);
      }
    }
  }

  private void turn() throws StorageFailure {
    boolean more = settleSome();
    more |= !stopping && claimSome();
    if (!more) {
      checkNowAndThen();
      pause(LOOK_EACH);
    }
  }

  /** Waits, unless there is news. */
  private void pause(Duration most) {
    try {
      var _ = news.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS);
      news.drainPermits();
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  /** Settles what has come back, as much as one commit should hold; whether there was any. */
  private boolean settleSome() throws StorageFailure {
    if (unsettled.isEmpty()) {
      unsettled = new ArrayList<>();
      returned.drainTo(unsettled, SETTLE_MAX);
    }
    if (unsettled.isEmpty()) {
      return false;
    }
    Map<MailId, Fate> fates = new LinkedHashMap<>();
    for (Return next : unsettled) {
      fate(fates, next.entry()).settling().settle(next);
    }
    settle(List.copyOf(fates.values()));
    inHand.addAndGet(-unsettled.size());
    unsettled = List.of();
    return true;
  }

  /** Claims what is due, if there is room; whether there may be more. */
  private boolean claimSome() throws StorageFailure {
    Instant now = clock.instant();
    if (wanted || !now.isBefore(lookAt)) {
      wanted = false;
      lookAt = now.plus(LOOK_EACH);
      due = queue.next().orElse(Instant.MAX);
    }
    int room = Math.min(CLAIM_MAX, IN_HAND_MAX - inHand.get());
    if (due.isAfter(now) || room <= 0) {
      return false;
    }
    List<QueueEntry> claimed = queue.claim(now, now.plus(LEASE), room);
    payWhatIsOwed(claimed.stream().filter(entry -> entry.state().isFinal()).toList());
    byMail(claimed.stream().filter(entry -> !entry.state().isFinal()).toList()).forEach(this::give);
    wanted = claimed.size() < room; // then the next one's time is to be asked for
    return !claimed.isEmpty();
  }

  private void payWhatIsOwed(List<QueueEntry> owed) throws StorageFailure {
    Map<MailId, Fate> fates = new LinkedHashMap<>();
    for (QueueEntry entry : owed) {
      fate(fates, entry).settling().pay(entry);
    }
    if (!fates.isEmpty()) {
      settle(List.copyOf(fates.values()));
    }
  }

  /** The invariant of the house, looked after while it stands: nobody is forgotten. */
  private void checkNowAndThen() throws StorageFailure {
    Instant now = clock.instant();
    if (now.isBefore(checkAt)) {
      return;
    }
    checkAt = now.plus(CHECK_EACH);
    long strays = queue.strays(now);
    if (strays > 0) {
      String what = strays + " recipients are overdue by far, and nobody has them in hand";
      journal.record(new Event.Trouble(now, "queue", what));
    }
  }

  private static Collection<List<QueueEntry>> byMail(List<QueueEntry> entries) {
    return entries.stream()
        .collect(Collectors.groupingBy(QueueEntry::mail, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  /** What becomes of entries of one mail. */
  private record Fate(QueueEntry about, Settling settling) {}

  private Fate fate(Map<MailId, Fate> fates, QueueEntry entry) {
    return fates.computeIfAbsent(
        entry.mail(), _ -> new Fate(entry, new Settling(schedule, runs, clock.instant())));
  }

  /** One commit; then those who wait for it are told. */
  private void settle(List<Fate> fates) throws StorageFailure {
    List<Settlement> settlements = new ArrayList<>();
    for (Fate fate : fates) {
      settlements.add(new Settlement(fate.settling().changes(), reports(fate)));
    }
    commit(settlements);
    for (Settlement settlement : settlements) {
      settlement.reports().forEach(report -> sent(report.arrival(), settlement));
      settlement.changes().forEach(this::noteNext);
    }
    fates.forEach(this::tell);
  }

  private void sent(Arrival report, Settlement about) {
    journal.record(
        new Event.Reported(
            report.receivedAt(),
            about.changes().getFirst().entry().mail(),
            report.id(),
            report.envelope().recipients().getFirst().path().toString()));
    if (report.envelope().leaves()) {
      kept(report);
    }
  }

  private List<Composed> reports(Fate fate) throws StorageFailure {
    if (fate.settling().told().isEmpty()) {
      return List.of();
    }
    return reports
        .make(fate.about(), fate.settling().told(), firstTry(), clock.instant())
        .map(List::of)
        .orElse(List.of());
  }

  /** A settlement that is itself a defect must not hold up the others: alone, it is told and given up until its lease ends. */
  private void commit(List<Settlement> settlements) throws StorageFailure {
    try {
      queue.settle(settlements);
    } catch (IllegalStateException e) {
      if (settlements.size() == 1) {
        journal.record(new Event.Trouble(clock.instant(), "queue", e.toString()));
        return;
      }
      for (Settlement one : settlements) {
        commit(List.of(one));
      }
    }
  }

  /** Who waits again, and who came into the world just now, may be due before all that the loop knows of. */
  private void noteNext(Change change) {
    switch (change) {
      case Change.Again again when again.next().isBefore(due) -> due = again.next();
      case Change.Done done when !done.elsewhere().isEmpty() -> wanted = true;
      default -> {} // nothing sooner
    }
  }

  private void tell(Fate fate) {
    Instant now = clock.instant();
    for (Settling.Verdict verdict : fate.settling().verdicts()) {
      journal.record(
          new Event.Attempted(
              now,
              verdict.entry().mail(),
              verdict.entry().recipient().toString(),
              verdict.state().toString(),
              verdict.cause().reason().id(),
              verdict.cause().status(),
              verdict.cause().reply().map(RemoteReply::toString).orElse(verdict.cause().said()),
              verdict.cause().host(),
              verdict.attempts(),
              verdict.next()));
    }
  }

  /** Claims no more; what is in hand may come back. */
  public void stop() {
    stopping = true;
    news.release();
  }

  /** Claims no more, and waits a moment for what is in hand; what does not come back in time is tried again later. */
  @Override
  public void close() {
    stop();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        ended = !thread.join(LAST_WORDS);
        news.release();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
