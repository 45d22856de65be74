package me.ehlo.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.ehlo.mail.Domain;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Recipient;
import me.ehlo.spool.Arrival;

/** The entries that a mail is born with: the store writes them and the runner hands them on, and both must mean the same. */
public final class Births {
  private final Arrival arrival;
  private final List<QueueEntry> entries = new ArrayList<>();

  private Births(Arrival arrival) {
    this.arrival = arrival;
  }

  /** The entries in the order of their numbers; none where everybody is local and no report is owed. */
  public static List<QueueEntry> of(Arrival arrival) {
    Births births = new Births(arrival);
    arrival.envelope().recipients().forEach(births::add);
    return List.copyOf(births.entries);
  }

  /** How many of the entries are for this recipient; they have numbers that follow each other. */
  public static int count(Recipient recipient) {
    return recipient.elsewhere().size() + (owesReport(recipient) ? 1 : 0);
  }

  /** What the targets of an alias for several inherit: the report of success is the alias's own (RFC 3461 §5.2.7.3). */
  public static Notify inherited(Notify notices) {
    Optional<Set<Notify.Happening>> asked = notices.asked();
    if (asked.isEmpty() || !asked.get().contains(Notify.Happening.SUCCESS)) {
      return notices;
    }
    Set<Notify.Happening> rest = EnumSet.copyOf(asked.get());
    rest.remove(Notify.Happening.SUCCESS);
    return Notify.of(rest);
  }

  /** Whether accepting the mail settles this recipient, and its sender wants to hear of it. */
  static boolean owesReport(Recipient recipient) {
    return recipient.notices().wants(Notify.Happening.SUCCESS)
        && (recipient.elsewhere().isEmpty() || recipient.expands());
  }

  private void add(Recipient recipient) {
    boolean expands = recipient.expands() && !recipient.elsewhere().isEmpty();
    if (owesReport(recipient)) {
      entries.add(
          entry(
              mailbox(recipient.path()),
              recipient.notices(),
              recipient,
              expands ? State.EXPANDED : State.DELIVERED,
              0,
              arrival.receivedAt()));
    }
    Notify notices = expands ? inherited(recipient.notices()) : recipient.notices();
    for (Mailbox mailbox : recipient.elsewhere()) {
      addUnfinished(mailbox, notices, recipient);
    }
  }

  private void addUnfinished(Mailbox mailbox, Notify notices, Recipient recipient) {
    boolean inHand = arrival.firstTry().inHand();
    entries.add(
        entry(
            mailbox,
            notices,
            recipient,
            inHand ? State.DELIVERING : State.WAITING,
            inHand ? arrival.id().value() : 0,
            arrival.firstTry().at()));
  }

  private QueueEntry entry(
      Mailbox mailbox, Notify notices, Recipient recipient, State state, long lease, Instant next) {
    return new QueueEntry(
        arrival.id(),
        entries.size(),
        lease,
        arrival.envelope().reversePath(),
        arrival.envelope().dsn(),
        mailbox,
        notices,
        recipient.orcpt(),
        state,
        0,
        arrival.receivedAt(),
        Optional.of(next),
        false,
        Optional.empty());
  }

  private static Mailbox mailbox(ForwardPath path) {
    return switch (path) {
      case ForwardPath.To(var mailbox) -> mailbox;
      case ForwardPath.Postmaster() ->
          new Mailbox(new LocalPart("postmaster"), Domain.ofAscii("localhost"));
    };
  }
}
