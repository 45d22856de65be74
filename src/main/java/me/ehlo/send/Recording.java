package me.ehlo.send;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.ehlo.script.LinePattern;
import me.ehlo.script.Script;
import me.ehlo.script.Script.Exchange;
import me.ehlo.script.Script.Expected;
import me.ehlo.script.Script.Place;
import me.ehlo.script.Script.Said;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Utterance;

/**
 * A transcript as a script, so that the same can be said again and the answers be compared.
 *
 * <p>Commands and mails are said as they stand there. TLS begins where it began, by a handshake of its own. A login of which a
 * transcript keeps no secret becomes an event, {@code login}: whoever plays it logs in anew, for challenges differ each time. A
 * login that was refused is left out, since nobody knows what was said. What a transcript does not hold is refused with a
 * sentence, for half a mail would be another mail.
 */
final class Recording {
  static final String LOGIN = "login";
  static final String TLS = "tls";
  private static final Pattern CONNECTING =
      Pattern.compile("connecting to (?:(?<socket>/\\S*)|(?<host>\\S+):(?<port>\\d{1,5}))(?: .*|)");
  private static final Pattern MECHANISM = Pattern.compile("(?i)AUTH +(\\S+).*");

  private final String file;
  private final List<Utterance> all;
  private final List<Exchange> exchanges = new ArrayList<>();
  private List<Said> said = new ArrayList<>();
  private List<Expected> expected = new ArrayList<>();
  private Optional<Address> server = Optional.empty();
  private Optional<String> mechanism = Optional.empty();
  private boolean lmtp;
  private boolean encrypted;
  private boolean leftOut;
  private int position;

  /** Where the conversation was held, as it is told: at a port of a host, or at a socket. */
  record Address(Optional<String> host, int port, Optional<Path> socket) {}

  /**
   * Reads it.
   *
   * @param file its name, for messages
   * @throws Misused if it is no conversation that can be held again
   */
  Recording(String file, List<Utterance> all) throws Misused {
    this.file = file;
    this.all = List.copyOf(all);
    int end = conversation();
    while (position < end) {
      read(end);
      position++;
    }
    endExchange();
  }

  Script script() {
    return new Script(file, Script.Protocol.SMTP, List.of(), exchanges, List.of());
  }

  /** Whether it was held in LMTP. */
  boolean isLmtp() {
    return lmtp;
  }

  Optional<Address> server() {
    return server;
  }

  /** By which mechanism somebody has logged in. */
  Optional<String> mechanism() {
    return mechanism;
  }

  /** Whether a refused login was left out. */
  boolean hasLeftOut() {
    return leftOut;
  }

  /** Finds the one conversation, moves to its beginning, and returns its end. */
  private int conversation() throws Misused {
    int found = 0;
    int end = all.size();
    int begin = 0;
    for (int i = 0; i <= all.size(); i++) {
      if (i == all.size() || connecting(i).isPresent()) {
        if (all.subList(begin, i).stream().anyMatch(it -> it.mark().isReceived())) {
          found++;
          position = begin;
          end = i;
        }
        begin = i;
      }
    }
    if (found != 1) {
      throw wrong(
          found == 0
              ? "no server says anything in it"
              : "it holds " + found + " conversations; leave one of them in the file");
    }
    server = connecting(position);
    return end;
  }

  private Optional<Address> connecting(int at) {
    Matcher told = CONNECTING.matcher(all.get(at).text());
    return told.matches() && all.get(at).mark() == Mark.INFO
        ? Optional.of(
            new Address(
                Optional.ofNullable(told.group("host")),
                told.group("port") == null ? 0 : Integer.parseInt(told.group("port")),
                Optional.ofNullable(told.group("socket")).map(Path::of)))
        : Optional.empty();
  }

  private void read(int end) throws Misused {
    Utterance line = all.get(position);
    switch (line.mark()) {
      case SENT, SENT_TLS, SENT_UNEXPECTED, SENT_UNEXPECTED_TLS -> sent(line, end);
      case RECEIVED, RECEIVED_TLS, REFUSED, REFUSED_TLS -> received(line);
      case CONTENT -> content(end);
      case RAW_SENT, RAW_RECEIVED ->
          throw wrong("line " + (position + 1) + " has octets that are no line");
      case INFO -> {
        if (Shortened.isRest(line.text())) {
          throw wrong("the mail in it is cut short; --show-data keeps all of one");
        }
      }
      case ERROR, ADVICE -> {} // neither side has said it
    }
  }

  private void sent(Utterance line, int end) throws Misused {
    encryptedFrom(line);
    String verb = line.text().strip().split(" ", 2)[0].toUpperCase(Locale.ROOT);
    lmtp |= verb.equals("LHLO");
    if (verb.equals("BDAT")) {
      throw wrong(
          "BDAT counts octets, and a transcript keeps lines; use DATA for what is replayed");
    }
    if (verb.equals("AUTH") && login(end)) {
      return;
    }
    refuseMailThatWasNotKept(line.text());
    says(line.text(), "C: ");
  }

  private void received(Utterance line) throws Misused {
    if (line.text().startsWith("+OK")) {
      throw wrong("it is one of POP3, and ehlo send speaks SMTP and LMTP");
    }
    encryptedFrom(line);
    refuseMailThatWasNotKept(line.text());
    boolean unasked = line.text().startsWith("421") && endsReply();
    if (!unasked) { // RFC 5321 §3.8: a server may say it at any time; nobody is to wait for it
      expected.add(
          new Expected(place(), "S: " + line.text(), new LinePattern.Exactly(line.text())));
    }
  }

  private boolean endsReply() {
    return !expected.isEmpty() && !expected.getLast().shown().startsWith("-", 6); // S: 250-
  }

  /** Lines up to the dot, dots in front doubled (RFC 5321 §4.5.2). */
  private void content(int end) {
    String line = all.get(position).text();
    boolean goesOn = position + 1 < end && all.get(position + 1).mark() == Mark.CONTENT;
    boolean dot = line.startsWith(".") && (goesOn || !line.equals("."));
    endAnswered();
    said.add(new Said(place(), "| " + line, latin1((dot ? "." : "") + line), ""));
  }

  /** Between 354 and what follows it there is a mail. */
  private void refuseMailThatWasNotKept(String line) throws Misused {
    boolean wanted = !expected.isEmpty() && expected.getLast().shown().startsWith("S: 354");
    if (wanted && !line.equals(".")) {
      throw wrong(
          "the mail is not in it; keep one that was typed, or sent without --suppress-data");
    }
  }

  /** A login whose secrets are not there; false: all of it can be said again. */
  private boolean login(int end) {
    int last = position;
    boolean secret = false;
    boolean over = false;
    while (!over && last < end) {
      Utterance line = all.get(last);
      secret |= line.mark().isSent() && line.text().contains("<"); // not in Base64
      over = line.mark().isReceived() && !line.text().startsWith("3");
      last += over ? 0 : 1;
    }
    if (!secret) {
      return false;
    }
    boolean well = over && all.get(last).text().startsWith("2");
    if (well) {
      Matcher word = MECHANISM.matcher(all.get(position).text());
      mechanism = word.matches() ? Optional.of(word.group(1)) : mechanism;
      endAnswered();
      said.add(new Said(place(), "! " + LOGIN, "", LOGIN));
      endExchange();
    }
    leftOut |= !well;
    position = Math.min(last, end - 1);
    return true;
  }

  private void encryptedFrom(Utterance line) {
    boolean now =
        switch (line.mark()) {
          case SENT_TLS, SENT_UNEXPECTED_TLS, RECEIVED_TLS, REFUSED_TLS -> true;
          default -> false;
        };
    if (now && !encrypted) {
      encrypted = true;
      endAnswered();
      said.add(new Said(place(), "! " + TLS, "", TLS));
    }
  }

  private void says(String text, String sign) {
    endAnswered();
    said.add(new Said(place(), sign + text, latin1(text), ""));
  }

  private void endAnswered() {
    if (!expected.isEmpty()) {
      endExchange();
    }
  }

  private void endExchange() {
    if (!said.isEmpty() || !expected.isEmpty()) {
      exchanges.add(new Exchange(said, expected));
      said = new ArrayList<>();
      expected = new ArrayList<>();
    }
  }

  private static String latin1(String line) {
    return new String((line + "\r\n").getBytes(UTF_8), ISO_8859_1);
  }

  private Place place() {
    return new Place(file, position + 1);
  }

  private Misused wrong(String why) {
    return new Misused("--replay: " + file + " cannot be replayed: " + why);
  }
}
