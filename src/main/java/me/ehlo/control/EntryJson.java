package me.ehlo.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import me.ehlo.queue.QueueEntry;

/** Entries of the queue as one JSON document (RFC 8259), a line for each so that none is too long for the socket. */
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
    return "{\"id\":"
        + text(entry.mail().toString())
        + ",\"from\":"
        + text(entry.from().toString())
        + ",\"recipient\":"
        + text(entry.recipient().toString())
        + ",\"state\":"
        + text(entry.state().toString())
        + ",\"attempts\":"
        + entry.attempts()
        + ",\"next\":"
        + entry.next().map(EntryJson::time).orElse("null")
        + ",\"since\":"
        + time(entry.since())
        + ",\"reason\":"
        + cause.map(kept -> text(kept.reason())).orElse("null")
        + ",\"code\":"
        + cause.map(kept -> Integer.toString(kept.code())).orElse("null")
        + ",\"enhanced\":"
        + cause.map(kept -> text(kept.status())).orElse("null")
        + ",\"text\":"
        + cause.map(kept -> text(kept.text())).orElse("null")
        + ",\"host\":"
        + cause.map(kept -> text(kept.host())).orElse("null")
        + "}";
  }

  // RFC 3339, UTC, to the millisecond
  private static String time(Instant at) {
    return text(at.truncatedTo(ChronoUnit.MILLIS).toString());
  }

  /** A string, quoted. */
  static String text(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c >= 0x7F && c < 0xA0 || Character.isSurrogate(c)) {
        json.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
