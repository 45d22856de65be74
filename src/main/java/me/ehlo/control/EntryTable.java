package me.ehlo.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import me.ehlo.mail.ReversePath;
import me.ehlo.queue.QueueEntry;

/** Entries of the queue as a table for people: when they came, and when what happens next. */
final class EntryTable {
  private static final int ADDRESS_MAX = 40;

  private EntryTable() {}

  static List<String> of(List<QueueEntry> entries, Instant now) {
    Columns columns = new Columns("ID", "FROM", "TO", "STATE", "AGE", "TRIES", "NEXT", "REASON");
    for (QueueEntry entry : entries) {
      columns.add(
          entry.mail().toString(),
          shortened(sender(entry)),
          shortened(entry.recipient().toString()),
          entry.state().toString(),
          span(Duration.between(entry.since(), now)),
          Integer.toString(entry.attempts()),
          next(entry, now),
          entry.cause().map(QueueEntry.Kept::reason).orElse("-"));
    }
    return columns.lines();
  }

  /** The null reverse-path as it is written. */
  static String sender(QueueEntry entry) {
    return switch (entry.from()) {
      case ReversePath.Null() -> "<>";
      case ReversePath.Sender(var mailbox) -> mailbox.toString();
    };
  }

  /** {@code 12m}: in the largest unit of which there are two, so that nothing is off by much. */
  static String span(Duration span) {
    if (span.toDays() >= 2) {
      return span.toDays() + "d";
    }
    if (span.toHours() >= 2) {
      return span.toHours() + "h";
    }
    return span.toMinutes() >= 2 ? span.toMinutes() + "m" : Math.max(span.toSeconds(), 0) + "s";
  }

  private static String next(QueueEntry entry, Instant now) {
    return switch (entry.state()) {
      case WAITING -> entry.next().map(at -> until(at, now)).orElse("-");
      case DELIVERING -> "now";
      case HELD, DELIVERED, RELAYED, EXPANDED, FAILED, CANCELLED -> "-";
    };
  }

  private static String until(Instant at, Instant now) {
    return at.isAfter(now) ? "in " + span(Duration.between(now, at)) : "now";
  }

  // An address may have 320 characters, and one of them must not push all columns off the screen.
  private static String shortened(String address) {
    return address.length() <= ADDRESS_MAX
        ? address
        : address.substring(0, ADDRESS_MAX - 3) + "...";
  }
}
