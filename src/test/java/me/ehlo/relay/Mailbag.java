package me.ehlo.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Outcome;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;
import me.ehlo.queue.Courier;
import me.ehlo.queue.QueueEntry;
import me.ehlo.queue.State;
import me.ehlo.spool.Content;
import me.ehlo.spool.Draft;
import me.ehlo.spool.RamContent;
import me.ehlo.spool.Spool;
import me.ehlo.spool.SpooledMail;

/** Mails for a courier under test, in memory, and what became of each recipient. */
public final class Mailbag implements Spool, Courier.Returns {
  static final ReversePath SENDER = new ReversePath.Sender(mailbox("sender", "here.test"));

  private final AtomicLong ids = new AtomicLong(1);
  private final Map<MailId, byte[]> mails = new ConcurrentHashMap<>();
  private final Map<String, List<Outcome>> outcomes = new ConcurrentHashMap<>();
  private final Set<MailId> damaged = ConcurrentHashMap.newKeySet();

  static Mailbox mailbox(String local, String domain) {
    return new Mailbox(new LocalPart(local), Domain.ofAscii(domain));
  }

  /** Entries of a new mail with this content, for these recipients. */
  public List<QueueEntry> mail(String content, String domain, String... locals) {
    MailId id = new MailId(ids.getAndIncrement());
    mails.put(id, content.getBytes(ISO_8859_1));
    return IntStream.range(0, locals.length)
        .mapToObj(n -> entry(id, n, mailbox(locals[n], domain)))
        .toList();
  }

  /** An entry as it is when the courier gets it. */
  static QueueEntry entry(MailId id, int n, Mailbox recipient) {
    return new QueueEntry(
        id,
        n,
        1,
        SENDER,
        DsnOptions.NONE,
        recipient,
        Notify.UNSAID,
        Optional.empty(),
        State.DELIVERING,
        0,
        Instant.EPOCH,
        Optional.of(Instant.EPOCH),
        false,
        Optional.empty());
  }

  /** From now on this mail's content cannot be read. */
  void damage(QueueEntry entry) {
    damaged.add(entry.mail());
  }

  /** All that came back for this entry. */
  public List<Outcome> outcomes(QueueEntry entry) {
    return List.copyOf(outcomes.getOrDefault(key(entry), List.of()));
  }

  /** Whether something came back for all of these. */
  public boolean isBack(List<QueueEntry> entries) {
    return entries.stream().noneMatch(entry -> outcomes(entry).isEmpty());
  }

  @Override
  public void came(List<Courier.Return> returned) {
    for (Courier.Return each : returned) {
      outcomes.compute(
          key(each.entry()),
          (_, before) -> {
            List<Outcome> all = new ArrayList<>(before == null ? List.of() : before);
            all.add(each.outcome());
            return all;
          });
    }
  }

  @Override
  public Draft begin() {
    throw new UnsupportedOperationException("nothing comes in here");
  }

  @Override
  public Optional<SpooledMail> open(MailId id) {
    return Optional.ofNullable(mails.get(id))
        .map(content -> spooled(id, content, damaged.contains(id)));
  }

  private static SpooledMail spooled(MailId id, byte[] content, boolean damaged) {
    boolean eightBit = new String(content, ISO_8859_1).chars().anyMatch(c -> c > 0x7F);
    return new SpooledMail(
        id,
        Instant.EPOCH,
        SENDER,
        DsnOptions.NONE,
        false,
        eightBit,
        content.length,
        damaged ? new Damaged() : new RamContent(List.of(content)));
  }

  private record Damaged() implements Content {
    @Override
    public byte[] next() throws StorageFailure {
      throw new StorageFailure(StorageFailure.Kind.DAMAGED, "a checksum is wrong");
    }

    @Override
    public void close() {
      // There is nothing.
    }
  }

  private static String key(QueueEntry entry) {
    return entry.mail() + " " + entry.n();
  }
}
