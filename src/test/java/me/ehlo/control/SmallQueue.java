package me.ehlo.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.ReversePath;
import me.ehlo.queue.Queue;
import me.ehlo.queue.QueueEntry;
import me.ehlo.queue.Selection;
import me.ehlo.queue.Settlement;
import me.ehlo.queue.State;

/** What administration sees of a queue, in a list. */
final class SmallQueue implements Queue {
  final List<QueueEntry> entries = new ArrayList<>();

  /** Adds an entry; times are minutes before and after {@code now}. */
  void add(
      String mail,
      String from,
      String to,
      State state,
      Instant since,
      Optional<Instant> next,
      Optional<QueueEntry.Kept> cause) {
    ReversePath sender =
        from.isEmpty() ? new ReversePath.Null() : new ReversePath.Sender(mailbox(from));
    entries.add(
        new QueueEntry(
            MailId.parse(mail),
            entries.size(),
            0,
            sender,
            DsnOptions.NONE,
            mailbox(to),
            Notify.UNSAID,
            Optional.empty(),
            state,
            cause.isPresent() ? 2 : 0,
            since,
            next,
            false,
            cause));
  }

  @Override
  public List<QueueEntry> list(Selection selection, int most) {
    return entries.stream().filter(entry -> means(selection, entry)).limit(most).toList();
  }

  @Override
  public long apply(Selection selection, Action action, Instant now) {
    long count = 0;
    for (int i = 0; i < entries.size(); i++) {
      QueueEntry entry = entries.get(i);
      if (means(selection, entry) && concerns(action, entry.state())) {
        entries.set(i, after(entry, action, now));
        count++;
      }
    }
    return count;
  }

  @Override
  public Map<State, Long> tally() {
    Map<State, Long> tally = new EnumMap<>(State.class);
    entries.forEach(entry -> tally.merge(entry.state(), 1L, Long::sum));
    return tally;
  }

  @Override
  public List<QueueEntry> claim(Instant now, Instant lease, int most) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Instant> next() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int settle(List<Settlement> settlements) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int recover(Instant now) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long strays(Instant now) {
    throw new UnsupportedOperationException();
  }

  private static boolean means(Selection selection, QueueEntry entry) {
    Set<State> states = selection.states();
    return selection.mail().map(entry.mail()::equals).orElse(true)
        && selection.recipient().map(entry.recipient()::equals).orElse(true)
        && selection.sender().map(entry.from().toString()::equals).orElse(true)
        && selection.domain().map(entry.recipient().host()::equals).orElse(true)
        && selection.before().map(entry.since()::isBefore).orElse(true)
        && selection.reason().map(r -> r.equals(reason(entry))).orElse(true)
        && (states.isEmpty() ? !entry.state().isFinal() : states.contains(entry.state()));
  }

  private static String reason(QueueEntry entry) {
    return entry.cause().map(QueueEntry.Kept::reason).orElse("");
  }

  private static boolean concerns(Action action, State state) {
    return switch (action) {
      case RETRY, HOLD -> state == State.WAITING;
      case RELEASE -> state == State.HELD;
      case CANCEL -> state == State.WAITING || state == State.HELD;
    };
  }

  private static QueueEntry after(QueueEntry entry, Action action, Instant now) {
    return switch (action) {
      case RETRY, RELEASE -> with(entry, State.WAITING, Optional.of(now));
      case HOLD -> with(entry, State.HELD, entry.next());
      case CANCEL -> with(entry, State.CANCELLED, Optional.empty());
    };
  }

  private static QueueEntry with(QueueEntry entry, State state, Optional<Instant> next) {
    return new QueueEntry(
        entry.mail(),
        entry.n(),
        entry.lease(),
        entry.from(),
        entry.dsn(),
        entry.recipient(),
        entry.notices(),
        entry.orcpt(),
        state,
        entry.attempts(),
        entry.since(),
        next,
        entry.warned(),
        entry.cause());
  }

  private static Mailbox mailbox(String address) {
    return switch (AddressParser.mailbox(address)) {
      case Parsed.Right<Mailbox>(var mailbox) -> mailbox;
      case Parsed.Wrong<Mailbox>(var why) -> throw new IllegalArgumentException(why);
    };
  }
}
