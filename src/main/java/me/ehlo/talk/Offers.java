package me.ehlo.talk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.ehlo.call.Protocol;

/** The answer to EHLO in a few words: how big, how private, and whether one can log in here. */
final class Offers {
  private static final int KILO = 1024;
  private static final int RELAY_PORT = 25;

  private Offers() {}

  static List<String> lines(Situation it) {
    Progress progress = it.progress();
    List<String> first = new ArrayList<>();
    progress.offeredWords("SIZE").stream().findFirst().ifPresent(size -> first.add(size(size)));
    first.add(tls(it));
    List<String> lines = new ArrayList<>();
    lines.add(String.join(" ", first));
    lines.add(login(it));
    lines.removeIf(String::isBlank);
    return lines;
  }

  /** What the second answer to EHLO lacks and has beside the first: for one line instead of the whole list. */
  static String difference(List<String> before, List<String> now) {
    List<String> gone = before.stream().filter(line -> !now.contains(line)).toList();
    List<String> come = now.stream().filter(line -> !before.contains(line)).toList();
    List<String> parts = new ArrayList<>();
    if (!gone.isEmpty()) {
      parts.add("without " + String.join(", ", gone));
    }
    if (!come.isEmpty()) {
      parts.add("with " + String.join(", ", come));
    }
    return "... same as before"
        + (parts.isEmpty() ? "" : ", " + String.join(", ", parts))
        + "   (/show prints it)";
  }

  /** {@code 50 MB}, as people read {@code 52428800}. */
  static String octets(long octets) {
    long mega = (long) KILO * KILO;
    if (octets >= mega) {
      return octets / mega + " MB";
    }
    return octets >= KILO ? octets / KILO + " kB" : octets + " octets";
  }

  private static String size(String size) {
    boolean number =
        !size.isEmpty() && size.length() < 18 && size.chars().allMatch(c -> c >= '0' && c <= '9');
    long octets = number ? Long.parseLong(size) : 0;
    return octets == 0 ? "Takes mails of any size." : "Takes mails up to " + octets(octets) + ".";
  }

  private static String tls(Situation it) {
    if (it.encrypted()) {
      return "Encrypted: nobody on the way can read along.";
    }
    Optional<String> masked =
        it.progress().offered().stream().filter(line -> line.matches("X{5,}[A-Z]?")).findFirst();
    if (masked.isPresent()) {
      return masked.get()
          + " is no extension: a firewall on the way has written over one, most likely STARTTLS."
          + " Everything is readable on the way.";
    }
    return it.progress().offers("STARTTLS")
        ? "Offers TLS; so far everything is readable on the way. /tls begins it."
        : "Offers no TLS: everything is readable on the way.";
  }

  private static String login(Situation it) {
    List<String> mechanisms = it.progress().mechanisms();
    if (!mechanisms.isEmpty()) {
      return "To log in: /auth (%s).".formatted(String.join(", ", mechanisms));
    }
    if (it.progress().protocol() != Protocol.SMTP) {
      return "";
    }
    if (it.port() == RELAY_PORT) {
      return "No AUTH here: port 25 is for server to server. To log in and send, use /reconnect"
          + " 587.";
    }
    return it.progress().offers("STARTTLS") && !it.encrypted()
        ? "No AUTH so far; servers often offer it behind STARTTLS."
        : "No AUTH here: mail is taken for the server's own domains only.";
  }
}
