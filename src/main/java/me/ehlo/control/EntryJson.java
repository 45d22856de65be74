package me.ehlo.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.ehlo.queue.QueueEntry;
import me.ehlo.trace.Json;

/** Entries of the queue as one JSON document, a line for each so that none is too long for the socket. */
final class EntryJson {
  private EntryJson() {}

  static List<String> document(List<QueueEntry> entries) {
    List<String> lines = new ArrayList<>();
    lines.add("{\"v\":1,\"entries\":[");
    for (int i = 0; i < entries.size(); i++) {
      lines.add(object(entries.get(i)) + (i + 1 < entries.size() ? "," : ""));
    }
    lines.add("]}");
    return lines;
  }

  private static String object(QueueEntry entry) {
    Optional<QueueEntry.Kept> cause = entry.cause();
    return Json.object(it ->
        it.put("id", entry.mail().toString())
            .put("from", entry.from().toString())
            .put("recipient", entry.recipient().toString())
            .put("state", entry.state().toString())
            .number("attempts", entry.attempts())
            .put("next", entry.next().map(EntryJson::time))
            .put("since", time(entry.since()))
            .put("reason", cause.map(QueueEntry.Kept::reason))
            .number("code", cause.map(QueueEntry.Kept::code))
            .put("enhanced", cause.map(QueueEntry.Kept::status))
            .put("text", cause.map(QueueEntry.Kept::text))
            .put("host", cause.map(QueueEntry.Kept::host)));
  }

  // RFC 3339, UTC, to the millisecond
  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
