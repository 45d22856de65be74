package me.ehlo.smtp;

import java.util.List;
import java.util.Optional;
import me.ehlo.mail.EnhancedStatus;
import me.ehlo.mail.RemoteReply;

/** What another server answered (RFC 5321 §4.2): a reply, or what cannot be one. */
public sealed interface Answer {

  /**
   * A whole reply.
   *
   * @param lines without code and line ending, printable ASCII; at least one, perhaps empty
   */
  record Said(int code, List<String> lines) implements Answer {
    private static final int TEXT_MAX = 1000;
    private static final int SUBJECT_OR_DETAIL_MAX = 999;

    public Said {
      lines = List.copyOf(lines);
    }

    /** The reply's class: 2 done, 3 go on, 4 not now, 5 never. */
    public int kind() {
      return code / 100;
    }

    /** As it is kept and shown; the enhanced status is that of the first line (RFC 2034 §4). */
    public RemoteReply remote() {
      Optional<EnhancedStatus> status = status(lines.getFirst());
      String repeated = status.map(EnhancedStatus::toString).orElse("");
      StringBuilder text = new StringBuilder();
      for (String line : lines) {
        String words =
            (line.startsWith(repeated) ? line.substring(repeated.length()) : line).strip();
        text.append(text.isEmpty() || words.isEmpty() ? "" : " ").append(words);
        if (text.length() > TEXT_MAX) {
          text.setLength(TEXT_MAX);
          break;
        }
      }
      return new RemoteReply(code, status, text.toString());
    }

    private Optional<EnhancedStatus> status(String line) {
      int first = line.indexOf('.');
      int second = line.indexOf('.', first + 1);
      int space = line.indexOf(' ');
      int end = space < 0 ? line.length() : space;
      if (first != 1 || second < 0 || second > end) {
        return Optional.empty();
      }
      int kind = number(line, 0, first);
      int subject = number(line, first + 1, second);
      int detail = number(line, second + 1, end);
      return kind == kind() && subject >= 0 && detail >= 0
          ? Optional.of(new EnhancedStatus(kind, subject, detail))
          : Optional.empty();
    }

    /** One to three digits, else -1. */
    private static int number(String line, int from, int to) {
      if (from >= to) {
        return -1;
      }
      int number = 0;
      for (int i = from; i < to; i++) {
        int digit = line.charAt(i) - '0';
        number = number * 10 + digit;
        if (digit < 0 || digit > 9 || number > SUBJECT_OR_DETAIL_MAX) {
          return -1;
        }
      }
      return number;
    }
  }

  /**
   * No reply: a line without a code, or lines with different ones. What comes after it cannot be understood either.
   *
   * @param line made plain
   */
  record Nonsense(String line) implements Answer {}

  /** More lines or octets than anybody needs; the rest was not waited for. */
  record Endless() implements Answer {}
}
