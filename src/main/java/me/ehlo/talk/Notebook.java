package me.ehlo.talk;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Utterance;

/** What holds for the whole evening, whatever becomes of single connections: what was seen, what is to be told and how. */
final class Notebook {
  /** Stands for a login among the lines that went well: what was said then is not kept. */
  static final String LOGIN = Order.AUTH.word();

  private final Desk desk;
  private final Transcript transcript;
  private final InstantSource clock;
  private final Tally tally = new Tally();
  private final Set<String> addresses = new TreeSet<>();
  private final List<String> good = new ArrayList<>();
  private boolean explains;
  private boolean trusts;

  Notebook(Desk desk, Transcript transcript, InstantSource clock, boolean explains) {
    this.desk = desk;
    this.transcript = transcript;
    this.clock = clock;
    this.explains = explains;
  }

  Tally tally() {
    return tally;
  }

  Transcript transcript() {
    return transcript;
  }

  InstantSource clock() {
    return clock;
  }

  Desk desk() {
    return desk;
  }

  /** Addresses that stood in MAIL and RCPT. */
  Set<String> addresses() {
    return Set.copyOf(addresses);
  }

  boolean explains() {
    return explains;
  }

  void explains(boolean should) {
    explains = should;
  }

  /** A password may be sent once although it might be read. */
  void trustOnce() {
    trusts = true;
  }

  /** Whether it may; it is asked once. */
  boolean takeTrust() {
    boolean may = trusts;
    trusts = false;
    return may;
  }

  /** A line went well: {@code /again} says it again, if it still counts then. */
  void went(Words words, String line) {
    switch (words.verb()) {
      case "EHLO", "HELO", "LHLO" -> {
        forget("EHLO", "HELO", "LHLO", "MAIL", "RCPT");
        good.addFirst(line);
      }
      case "STARTTLS", "STLS" -> { // RFC 3207 §4.2: what was said before is forgotten
        good.remove(LOGIN);
        restart(line, "STARTTLS", "STLS", "MAIL", "RCPT");
      }
      case "MAIL" -> {
        restart(line, "MAIL", "RCPT");
        address(words);
      }
      case "RCPT" -> {
        good.add(line);
        address(words);
      }
      case "RSET" -> forget("MAIL", "RCPT");
      default -> {}
    }
  }

  /** The server knows who we are. */
  void loggedIn() {
    if (!good.contains(LOGIN)) {
      good.add(LOGIN);
    }
  }

  /** The mail is over: none of it is to be said again. */
  void mailIsOver() {
    forget("MAIL", "RCPT");
  }

  /** What went well and still counts. */
  List<String> good() {
    return List.copyOf(good);
  }

  /** From here on this is what went well. */
  void good(List<String> lines) {
    good.clear();
    good.addAll(lines);
  }

  /** Something to know about the conversation; kept. */
  void tell(Mark mark, String text) {
    Utterance utterance = new Utterance(clock.instant(), mark, text);
    transcript.keep(utterance);
    desk.show(utterance, Duration.ZERO);
  }

  /** The same of what is looked into: the end of the line is known only later. */
  void tell(String begun, Supplier<String> end) {
    desk.mutter(Mark.INFO.sign() + " " + begun);
    String found = end.get();
    desk.mutter(found + "\n");
    transcript.keep(new Utterance(clock.instant(), Mark.INFO, begun + found));
  }

  /** Says what an answer means, if that is wanted. */
  void advise(List<String> lines) {
    if (explains) {
      lines.forEach(line -> tell(Mark.ADVICE, line));
    }
  }

  void advise(String line) {
    advise(line.isEmpty() ? List.of() : List.of(line));
  }

  private void address(Words words) {
    if (words.address().indexOf('@') > 0) {
      addresses.add(words.address());
    }
  }

  private void restart(String line, String... verbs) {
    forget(verbs);
    good.add(line);
  }

  private void forget(String... verbs) {
    good.removeIf(line -> List.of(verbs).contains(Words.of(line).verb()));
  }
}
