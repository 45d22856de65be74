package me.ehlo.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.Cause;
import me.ehlo.mail.Outcome;
import me.ehlo.queue.Courier;
import me.ehlo.queue.QueueEntry;
import me.ehlo.smtp.client.Fate;

/** A parcel's recipients, sorted by what a conversation made of them. */
final class Verdicts {
  private final Parcel parcel;
  private final List<Courier.Return> over = new ArrayList<>();
  private final List<QueueEntry> left = new ArrayList<>();
  private final List<QueueEntry> open = new ArrayList<>();
  private Fate.Open openFate = new Fate.Open(Cause.of(RelayReason.OUR_FAULT), true);
  private boolean relayed;

  /** As many fates as the parcel has recipients: anything else is a defect, and nobody may be without a verdict. */
  Verdicts(Parcel parcel, List<Fate> fates) {
    this.parcel = parcel;
    if (fates.size() != parcel.entries().size()) {
      throw new IllegalStateException(
          fates.size() + " fates for " + parcel.entries().size() + " recipients");
    }
    for (int i = 0; i < fates.size(); i++) {
      QueueEntry entry = parcel.entries().get(i);
      switch (fates.get(i)) {
        case Fate.Over(var outcome) -> {
          over.add(new Courier.Return(entry, outcome));
          relayed |= outcome instanceof Outcome.Relayed;
        }
        case Fate.Left() -> left.add(entry);
        case Fate.Open fate -> {
          open.add(entry);
          openFate = fate;
        }
      }
    }
  }

  /** Tells what is decided. */
  void tell() {
    if (!over.isEmpty()) {
      parcel.returns().came(over);
    }
  }

  boolean relayed() {
    return relayed;
  }

  /** Those for another transaction. */
  Optional<Parcel> left() {
    return left.isEmpty() ? Optional.empty() : Optional.of(parcel.of(left));
  }

  /** Those for another connection. */
  Optional<Parcel> open() {
    return open.isEmpty() ? Optional.empty() : Optional.of(parcel.of(open));
  }

  /** Why they are open. */
  Fate.Open openFate() {
    return openFate;
  }
}
