package me.ehlo.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Collectors;
import me.ehlo.mail.StorageFailure;
import me.ehlo.script.Comparison;
import me.ehlo.script.Script;
import me.ehlo.script.Script.Exchange;
import me.ehlo.script.Script.Expected;
import me.ehlo.script.Script.Said;
import me.ehlo.script.Script.Then;
import me.ehlo.spool.Arrival;

/** Compares how a script went with what it says; where they differ, shows the whole conversation. */
final class Judge {
  private static final int SHOWN_MAX = 120;

  private final Scene scene;
  private final Script script;
  private final Played played;

  Judge(Scene scene, Played played) {
    this.scene = scene;
    this.script = scene.script;
    this.played = played;
  }

  /** Every answer is as the script says. */
  void judgeAnswers() {
    for (int i = 0; i < script.exchanges().size(); i++) {
      compare(script.exchanges().get(i), played.answers().get(i));
    }
  }

  /** Everything is true that the script says at its end. */
  void judgeEnd() throws StorageFailure {
    scene.store.recover();
    for (Then then : script.thens()) {
      check(then);
    }
  }

  /** What both sides said, as they said it. */
  static String transcript(Script script, List<byte[]> answers) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < answers.size(); i++) {
      for (Said said : script.exchanges().get(i).said()) {
        text.append("  ").append(shown(said.shown())).append('\n');
      }
      for (String line : lines(answers.get(i))) {
        text.append("  S: ").append(shown(line)).append('\n');
      }
    }
    return text.toString();
  }

  private static String shown(String line) {
    return line.length() <= SHOWN_MAX ? line : line.substring(0, SHOWN_MAX) + "...";
  }

  private static List<String> lines(byte[] answer) {
    String text = new String(answer, UTF_8);
    return text.isEmpty()
        ? List.of()
        : List.of(text.split("(?<=\n)")).stream().map(Judge::line).toList();
  }

  private static String line(String text) {
    return text.endsWith("\r\n") ? text.substring(0, text.length() - 2) : text + "<no CRLF>";
  }

  private void compare(Exchange exchange, byte[] answer) {
    List<String> said = lines(answer);
    List<Expected> expected = exchange.expected();
    int reached = Comparison.firstDifference(expected, said);
    if (reached >= 0) {
      String next =
          reached < expected.size()
              ? expected.get(reached).place() + ": expected  " + expected.get(reached).shown()
              : exchange.said().isEmpty()
                  ? script.name()
                  : exchange.said().getLast().place() + ": nothing more was expected";
      throw new AssertionError(
          next
              + "\nbut this was said:\n"
              + said.stream().map(line -> "  S: " + line).collect(Collectors.joining("\n"))
              + "\n\nThe conversation:\n"
              + transcript(script, played.answers()));
    }
  }

  private void check(Then then) throws StorageFailure {
    String[] words = then.what().split("\\s+", 4);
    switch (words[0]) {
      case "connection" -> check(then, played.closed() == words[2].equals("closed"), "");
      case "maildrop" -> maildrop(then, words);
      case "queue" -> queue(then);
      default ->
          throw then.place().wrong("'then' speaks of the connection, a maildrop or the queue");
    }
  }

  private void maildrop(Then then, String[] words) throws StorageFailure {
    if (words.length < 4) {
      throw then.place().wrong("then maildrop NAME is empty | holds N | has a mail that ...");
    }
    List<String> mails =
        scene.store.maildrop(scene.user(words[1]).id()).values().stream()
            .map(mail -> new String(mail.whole(), UTF_8))
            .toList();
    String there = String.join("\n--\n", mails);
    String phrase = words[2] + " " + words[3];
    String contains = "has a mail that contains";
    if (phrase.equals("is empty")) {
      check(then, mails.isEmpty(), there);
    } else if (phrase.equals("has a mail that equals")) {
      String wanted =
          then.block().stream().map(line -> line + "\r\n").collect(Collectors.joining());
      check(then, mails.stream().anyMatch(mail -> content(mail).equals(wanted)), there);
    } else if (phrase.startsWith(contains)) {
      String wanted =
          then.block().isEmpty()
              ? phrase.substring(contains.length()).strip()
              : String.join("\r\n", then.block());
      check(then, mails.stream().anyMatch(mail -> mail.contains(wanted)), there);
    } else if (phrase.matches("holds \\d+")) {
      check(then, mails.size() == Integer.parseInt(words[3]), there);
    } else {
      throw then.place().wrong("a maildrop 'is empty', 'holds N' or 'has a mail that ...'");
    }
  }

  /** What would leave: {@code is empty}, {@code holds N}, {@code has <carol@x> from <ann@y> notify=...}. */
  private void queue(Then then) {
    List<String> there = scene.arrivals.recipients();
    String phrase = then.what().substring("queue".length()).strip();
    String shown = String.join("\n", there);
    if (phrase.equals("is empty")) {
      check(then, there.isEmpty(), shown);
    } else if (phrase.startsWith("has ")) {
      check(then, there.contains(phrase.substring(4)), shown);
    } else if (phrase.startsWith("begins with ")) {
      String received =
          scene.arrivals.arrivals().stream().map(Arrival::received).collect(Collectors.joining());
      check(then, received.startsWith(phrase.substring(12)), received);
    } else if (phrase.matches("holds \\d+")) {
      check(then, there.size() == Integer.parseInt(phrase.substring(6)), shown);
    } else {
      throw then.place().wrong("the queue 'is empty', 'holds N', 'has <...> from <...>'");
    }
  }

  private void check(Then then, boolean right, String there) {
    if (!right) {
      throw new AssertionError(
          then.place()
              + ": not so: "
              + then.what()
              + "\n"
              + there
              + "\n\nThe conversation:\n"
              + transcript(script, played.answers()));
    }
  }

  /** What the client sent: the mail without the Return-Path and Received that we put in front. */
  private static String content(String mail) {
    return mail.replaceFirst(
        "Return-Path: .*\r\n(Delivered-To: .*\r\n)?Received: .*\r\n(\t.*\r\n)*", "");
  }
}
