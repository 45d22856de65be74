package me.ehlo.control;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import me.ehlo.mail.ReceivedHeader;
import me.ehlo.queue.QueueEntry;

/** All about one mail's recipients, in sentences. */
final class EntryStory {
  private final List<String> lines = new ArrayList<>();
  private final Clock clock;

  private EntryStory(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param entries of one mail, at least one
   */
  static List<String> of(List<QueueEntry> entries, Clock clock) {
    EntryStory story = new EntryStory(clock);
    story.mail(entries.getFirst());
    entries.forEach(story::recipient);
    return story.lines;
  }

  private void mail(QueueEntry entry) {
    lines.add(
        "Mail "
            + entry.mail()
            + " from "
            + EntryTable.sender(entry)
            + ", accepted "
            + date(entry.since())
            + ".");
    entry.dsn().envid().ifPresent(envid -> lines.add("The sender calls it " + envid + "."));
  }

  private void recipient(QueueEntry entry) {
    lines.add("");
    lines.add(entry.recipient() + ": " + entry.state());
    entry
        .orcpt()
        .filter(orcpt -> !orcpt.address().equals(entry.recipient().toString()))
        .ifPresent(orcpt -> lines.add("  It was sent to " + orcpt.address() + " at first."));
    lines.add("  " + tried(entry) + next(entry));
    entry.cause().ifPresent(this::cause);
    if (entry.warned()) {
      lines.add("  The sender was told that it takes long.");
    }
  }

  private void cause(QueueEntry.Kept cause) {
    String status = cause.code() == 0 ? cause.status() : cause.code() + " " + cause.status();
    String said = cause.host().isEmpty() ? "" : cause.host() + ": ";
    lines.add("  " + said + status + " " + cause.text());
    lines.add("  Reason: " + cause.reason());
  }

  private static String tried(QueueEntry entry) {
    return switch (entry.attempts()) {
      case 0 -> "Not tried yet";
      case 1 -> "Tried once";
      default -> "Tried " + entry.attempts() + " times";
    };
  }

  private String next(QueueEntry entry) {
    return switch (entry.state()) {
      case WAITING -> entry.next().map(at -> "; next " + when(at)).orElse("") + ".";
      case DELIVERING -> "; just now it is being tried.";
      case HELD -> "; held back until it is released (ehlo queue release).";
      case DELIVERED -> "; it is in a maildrop here.";
      case RELAYED -> "; the next server has it.";
      case EXPANDED -> "; it went to everybody behind that address.";
      case FAILED -> "; given up.";
      case CANCELLED -> "; given up by an administrator.";
    };
  }

  private String when(Instant at) {
    Instant now = clock.instant();
    return at.isAfter(now)
        ? "in " + EntryTable.span(Duration.between(now, at)) + ", " + date(at)
        : "now";
  }

  private String date(Instant at) {
    return ReceivedHeader.date(at, clock.getZone());
  }
}
