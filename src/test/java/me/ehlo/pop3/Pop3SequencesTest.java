package me.ehlo.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import me.ehlo.mail.StorageFailure;
import org.junit.jupiter.api.Test;

/** Every sequence of commands up to some length, against what must always hold. */
class Pop3SequencesTest {
  private static final String AUTH_RIGHT = "AUTH PLAIN AGFubgBzZWNyZXQgd29yZA==";
  private static final List<String> ALL =
      List.of(
          "USER ann",
          "PASS secret word",
          "PASS wrong",
          "STAT",
          "LIST",
          "LIST 1",
          "UIDL",
          "UIDL 2",
          "RETR 1",
          "TOP 2 1",
          "DELE 1",
          "DELE 2",
          "RSET",
          "NOOP",
          "CAPA",
          "UTF8",
          "HELP",
          "bla",
          AUTH_RIGHT,
          "AUTH PLAIN",
          "QUIT");
  private static final List<String> AFTER_LOGIN =
      List.of(
          "STAT",
          "LIST",
          "UIDL 1",
          "RETR 1",
          "TOP 1 0",
          "DELE 1",
          "DELE 2",
          "RSET",
          "USER bob",
          "QUIT");

  @Test
  void anyFourCommands() throws StorageFailure {
    sequences(ALL, 4, List.of());
  }

  @Test
  void anyFiveCommandsAfterLogin() throws StorageFailure {
    sequences(AFTER_LOGIN, 5, List.of("USER ann", "PASS secret word"));
  }

  private static void sequences(List<String> commands, int length, List<String> first)
      throws StorageFailure {
    int sequences = (int) Math.pow(commands.size(), length);
    for (int sequence = 0; sequence < sequences; sequence++) {
      Run run = new Run();
      for (String command : first) {
        run.say(command);
      }
      for (int i = 0, rest = sequence; i < length; i++, rest /= commands.size()) {
        run.say(commands.get(rest % commands.size()));
      }
      run.end();
    }
  }

  /** One conversation beside a model of it that is as simple as can be. */
  private static final class Run {
    final RamDrop drop = new RamDrop("a\r\n\r\nb\r\n", "c\r\n");
    final Talk talk = new Talk(new RamSite(drop));
    boolean named;
    boolean exchanging;
    boolean loggedIn;
    boolean over;
    boolean first;
    boolean second;

    void say(String line) throws StorageFailure {
      if (over) {
        return;
      }
      String answer = talk.say(line);
      boolean refused = answer.startsWith("-ERR ");
      check(refused || answer.startsWith(line.equals("AUTH PLAIN") ? "+ " : "+OK "));
      check(refused != accepted(line));
      check(!refused || !answer.contains("\n"));
      note(line);
      check(talk.closed == over);
      check(drop.isOpen() == (loggedIn && !over));
      check(over || drop.commits == 0); // only QUIT deletes
      check(over || drop.items().size() == (loggedIn ? 2 : 0)); // RFC 1939 §4: numbers stay
    }

    private boolean accepted(String line) {
      if (exchanging) {
        return false; // whatever it is, it is no message of PLAIN
      }
      return switch (line) {
        case AUTH_RIGHT, "AUTH PLAIN" -> !loggedIn;
        case "CAPA", "HELP", "QUIT" -> true;
        case "bla" -> false;
        case "UTF8", "USER ann", "USER bob" -> !loggedIn;
        case "PASS secret word" -> named && !loggedIn;
        case "PASS wrong" -> false;
        case "RETR 1", "LIST 1", "UIDL 1", "TOP 1 0", "DELE 1" -> loggedIn && !first;
        case "UIDL 2", "TOP 2 1", "DELE 2" -> loggedIn && !second;
        default -> loggedIn;
      };
    }

    private void note(String line) {
      boolean accepted = accepted(line);
      if (exchanging) {
        exchanging = false;
        return;
      }
      switch (line) {
        case "USER ann" -> named |= accepted;
        case "PASS secret word", AUTH_RIGHT -> loggedIn |= accepted;
        case "AUTH PLAIN" -> exchanging = accepted;
        case "DELE 1" -> first |= accepted;
        case "DELE 2" -> second |= accepted;
        case "RSET" -> first = second = false; // refused before login, when nothing is marked
        case "QUIT" -> over = true;
        default -> {}
      }
      if (line.startsWith("PASS") || line.startsWith("AUTH")) {
        named = false;
      }
    }

    void end() {
      talk.session.close();
      check(!drop.isOpen());
      check(drop.contentsOpen == 0);
      int gone = over && loggedIn ? (first ? 1 : 0) + (second ? 1 : 0) : 0;
      check(drop.mails().size() == 2 - gone);
    }

    private void check(boolean holds) {
      if (!holds) {
        assertThat(holds).as(talk.transcript.toString()).isTrue();
      }
    }
  }
}
