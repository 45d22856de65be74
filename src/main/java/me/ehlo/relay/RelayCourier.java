package me.ehlo.relay;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import me.ehlo.net.Dialer;
import me.ehlo.net.TlsClient;
import me.ehlo.queue.Courier;
import me.ehlo.queue.QueueEntry;
import me.ehlo.sasl.ClientLogins;
import me.ehlo.spool.Spool;
import me.ehlo.trace.Journal;

/** Brings mails to other servers by SMTP: the entries of a mail that go one way together, lanes beside each other. */
public final class RelayCourier implements Courier, AutoCloseable {
  private static final Duration SWEEP = Duration.ofMillis(500);

  private final Routing routing;
  private final RelayLimits limits;
  private final Lanes lanes;
  private final Dialer dialer;
  private volatile boolean closed;

  /**
   * @param hostname ours, said behind EHLO
   * @param trust whose certificates prove a name; asked only where that is demanded
   */
  public RelayCourier(
      String hostname,
      Routing routing,
      Residents residents,
      Spool spool,
      RelayLimits limits,
      Timeouts timeouts,
      SSLContext trust,
      Journal journal,
      InstantSource clock,
      RandomGenerator random) {
    this.routing = routing;
    this.limits = limits;
    this.dialer = new Dialer("relay");
    Means means =
        new Means(
            hostname,
            dialer,
            new TlsClient(trust),
            ClientLogins.nonces(random),
            spool,
            limits,
            timeouts,
            journal,
            clock);
    Arrived arrived = new Arrived(residents);
    ThreadFactory threads = Thread.ofVirtual().name("relay-", 0).factory();
    this.lanes =
        new Lanes(
            limits, lane -> hire(threads, means, arrived, lane), random::nextInt, System::nanoTime);
    Thread.ofPlatform().daemon().name("relay-sweep").start(this::sweep);
  }

  @Override
  public void start(List<QueueEntry> entries, Returns returns) {
    long now = System.nanoTime();
    if (entries.size() == 1) {
      offer(lane(entries.getFirst()), new Parcel(entries, returns, now));
      return;
    }
    Map<String, List<QueueEntry>> ways = new LinkedHashMap<>();
    for (QueueEntry entry : entries) {
      ways.computeIfAbsent(lane(entry), _ -> new ArrayList<>()).add(entry);
    }
    ways.forEach((lane, going) -> {
      for (int from = 0; from < going.size(); from += limits.recipients()) {
        int to = Math.min(from + limits.recipients(), going.size());
        offer(lane, new Parcel(going.subList(from, to), returns, now));
      }
    });
  }

  /** How many conversations there are, idle ones included. */
  public int conversations() {
    return lanes.callers();
  }

  /** Takes no more; lets transactions under way finish, and gives everything else back. */
  @Override
  public void close() {
    closed = true;
    lanes.close();
    dialer.close(limits.finish());
    long end = System.nanoTime() + limits.finish().toNanos();
    while (lanes.callers() > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private String lane(QueueEntry entry) {
    return routing.lane(entry.recipient().host());
  }

  private void offer(String lane, Parcel parcel) {
    lanes.offer(lane, parcel).ifPresent(parcel::settle);
  }

  private void hire(ThreadFactory threads, Means means, Arrived arrived, Lane lane) {
    threads.newThread(new SmtpCaller(means, routing, arrived, lanes, lane)).start();
  }

  private void sweep() {
    while (!closed) {
      LockSupport.parkNanos(SWEEP.toNanos());
      lanes.sweep();
    }
  }
}
