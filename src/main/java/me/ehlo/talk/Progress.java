package me.ehlo.talk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import me.ehlo.call.Heard;
import me.ehlo.call.Protocol;

/** Where a conversation stands: what was offered, who has been named, what may come next. It only watches. */
final class Progress {

  /** What the next line is. */
  enum Mode {
    COMMAND,
    /** A line of the mail, behind 354. */
    CONTENT,
    /** The octets that BDAT has announced. */
    CHUNK,
    /** The answer to a challenge of AUTH. */
    CHALLENGE
  }

  private final Protocol protocol;
  private final Set<String> recipients = new LinkedHashSet<>();
  private Mode mode = Mode.COMMAND;
  private String host = "";
  private String hello = "";
  private List<String> offered = List.of();
  private Optional<String> sender = Optional.empty();
  private boolean greeted;
  private boolean timestamp;
  private boolean loggedIn;
  private int answersOwed;
  private boolean refusedTooEarly;
  private int refused;

  Progress(Protocol protocol) {
    this.protocol = protocol;
  }

  Protocol protocol() {
    return protocol;
  }

  Mode mode() {
    return mode;
  }

  /** The name by which the server has greeted, as people call it. */
  String host() {
    return host;
  }

  /** The last EHLO, LHLO or HELO that was answered well, as it was typed; empty: none. */
  String hello() {
    return hello;
  }

  boolean greeted() {
    return greeted;
  }

  /** Whether APOP has something to go by: {@code <1896.697170952@dbc.mtview.ca.us>} (RFC 1939 §7). */
  boolean greetedWithTimestamp() {
    return timestamp;
  }

  /** What EHLO, LHLO or CAPA has listed, a line each. */
  List<String> offered() {
    return offered;
  }

  /** Whether this keyword is among what was offered. */
  boolean offers(String keyword) {
    return offeredLine(keyword).isPresent();
  }

  /** The words behind a keyword that was offered, {@code AUTH=PLAIN} as well as {@code AUTH PLAIN}. */
  List<String> offeredWords(String keyword) {
    return offeredLine(keyword).stream()
        .flatMap(line -> Arrays.stream(line.split("[ =]")).skip(1))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  Optional<String> sender() {
    return sender;
  }

  /** Those that were accepted for the mail that is being made. */
  Set<String> recipients() {
    return Set.copyOf(recipients);
  }

  /** How many were refused for the mail that is being made. */
  int refused() {
    return refused;
  }

  boolean loggedIn() {
    return loggedIn;
  }

  /** The mechanisms that were offered. */
  List<String> mechanisms() {
    return Stream.concat(offeredWords("AUTH").stream(), offeredWords("SASL").stream()).toList();
  }

  /** The server has greeted. */
  void heardGreeting(Heard heard) {
    greeted = heard.kind() == Heard.Kind.DONE;
    String text = heard.text();
    int open = text.indexOf('<');
    int at = text.indexOf('@', open);
    timestamp = open >= 0 && at > open && text.indexOf('>', at) > at;
    host = heard.texts().isEmpty() ? "" : heard.texts().getFirst().split(" ", 2)[0];
  }

  /** Whether a login was just refused before all was asked for: who typed ahead has typed a secret. It is asked once. */
  boolean takeRefusedTooEarly() {
    boolean was = refusedTooEarly;
    refusedTooEarly = false;
    return was;
  }

  /** The next answer gives the login up. */
  void givingUpLogin() {
    answersOwed = 0;
  }

  /** A line was said, and this is what it was answered. */
  void heard(String line, Heard heard) {
    refusedTooEarly = false;
    if (mode == Mode.CHALLENGE) {
      answersOwed--;
      goOn(heard);
      return;
    }
    Words words = Words.of(line);
    boolean done = heard.kind() == Heard.Kind.DONE;
    switch (words.verb()) {
      case "EHLO", "HELO", "LHLO" -> hello(line, heard);
      case "MAIL" -> mail(words, done);
      case "RCPT" -> rcpt(words, done);
      case "DATA" -> mode = heard.kind() == Heard.Kind.GO_ON ? Mode.CONTENT : mode;
      case "RSET" -> forgetMailIf(done);
      case "AUTH" -> auth(words, heard);
      case "PASS", "APOP" -> loggedIn |= done && protocol == Protocol.POP3;
      default -> {}
    }
  }

  /** The mail, or the last of its pieces, was answered. */
  void heardMail() {
    mode = Mode.COMMAND;
    forgetMail();
  }

  /** From here on octets that BDAT has announced are typed; false: a command again. */
  void inChunk(boolean is) {
    mode = is ? Mode.CHUNK : Mode.COMMAND;
  }

  /** RFC 3207 §4.2: what was said before TLS is forgotten on both sides. */
  void encrypted() {
    hello = "";
    offered = List.of();
    loggedIn = false;
    forgetMail();
  }

  /** The lines of CAPA's answer. */
  void heardCapabilities(List<String> lines) {
    offered = List.copyOf(lines);
  }

  /** Logged in by other means than a typed line. */
  void loggedInNow() {
    loggedIn = true;
  }

  private Optional<String> offeredLine(String keyword) {
    String word = keyword.toUpperCase(Locale.ROOT);
    return offered.stream()
        .filter(line -> {
          String upper = line.toUpperCase(Locale.ROOT);
          return upper.equals(word) || upper.startsWith(word + " ") || upper.startsWith(word + "=");
        })
        .findFirst();
  }

  private void hello(String line, Heard heard) {
    if (heard.kind() == Heard.Kind.DONE) {
      hello = line;
      offered =
          Words.of(line).is("HELO")
              ? List.of()
              : heard.lines().stream().skip(1).map(Progress::keyword).toList();
      forgetMail();
    }
  }

  /** As it stands behind the code; nothing of it is a status. */
  private static String keyword(String line) {
    return line.length() > 4 ? line.substring(4).strip() : "";
  }

  private void mail(Words words, boolean done) {
    if (done) {
      forgetMail();
      sender = Optional.of(words.address());
    }
  }

  private void rcpt(Words words, boolean done) {
    if (done) {
      recipients.add(words.address());
    } else {
      refused++;
    }
  }

  private void auth(Words words, Heard heard) {
    Words how = Words.of(words.rest());
    if (how.is("")) {
      return; // by POP3 it asks for a list
    }
    int answers = how.is("LOGIN") ? 2 : 1;
    answersOwed = how.rest().isEmpty() ? answers : answers - 1; // RFC 4954 §4: an initial response
    goOn(heard);
  }

  private void goOn(Heard heard) {
    mode = heard.kind() == Heard.Kind.GO_ON ? Mode.CHALLENGE : Mode.COMMAND;
    loggedIn |= heard.kind() == Heard.Kind.DONE;
    refusedTooEarly = !heard.isGood() && answersOwed > 0;
  }

  private void forgetMailIf(boolean done) {
    if (done) {
      forgetMail();
    }
  }

  private void forgetMail() {
    sender = Optional.empty();
    recipients.clear();
    refused = 0;
  }

  /** Everything so far in one line, for people. */
  String shown() {
    List<String> parts = new ArrayList<>();
    sender.ifPresent(from -> parts.add("from <" + from + ">"));
    if (!recipients.isEmpty()) {
      parts.add("to <" + String.join(">, <", recipients) + ">");
    }
    if (loggedIn) {
      parts.add("logged in");
    }
    return parts.isEmpty()
        ? (hello.isEmpty() ? "not introduced" : "no mail begun")
        : String.join(", ", parts);
  }
}
