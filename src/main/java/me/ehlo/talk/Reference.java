package me.ehlo.talk;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the id under which a server has kept a mail, in the words of those that people meet. */
final class Reference {
  /** What stands in front of it. Postfix, Ehlo, OpenSMTPD; Exim; qmail. */
  private static final List<String> BEFORE =
      List.of("queued as ", "queued with id ", "id=", "id:", "accepted as ", "stored as ", " qp ");

  /** What stands behind it: Sendmail, OpenSMTPD, Gmail. */
  private static final List<String> BEHIND = List.of(" message accepted for delivery", " - gsmtp");

  private Reference() {}

  /** The id in the text of a reply, the code and status apart. */
  static Optional<String> in(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String before : BEFORE) {
      int at = lower.indexOf(before);
      if (at >= 0) {
        return word(text.substring(at + before.length()).strip().split(" ", 2)[0]);
      }
    }
    for (String behind : BEHIND) {
      int at = lower.indexOf(behind);
      if (at > 0) {
        String front = text.substring(0, at).strip().replaceFirst(":$", "");
        return word(front.substring(front.lastIndexOf(' ') + 1));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> word(String found) {
    String id = strip(found);
    return id.isEmpty() ? Optional.empty() : Optional.of(id);
  }

  private static String strip(String found) {
    int from = 0;
    int to = found.length();
    while (from < to && ".,;:<>()".indexOf(found.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && ".,;:<>()".indexOf(found.charAt(to - 1)) >= 0) {
      to--;
    }
    return found.substring(from, to);
  }
}
