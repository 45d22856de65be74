package me.ehlo.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import me.ehlo.lines.ContentScan;
import me.ehlo.lines.Line;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.ReversePath;
import me.ehlo.smtp.Command;
import me.ehlo.smtp.CommandParser;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.Reply;
import org.junit.jupiter.api.Test;

/** All sequences of up to five commands, against RFC 5321 §4.1.4 written a second time, as a few flags. */
class SmtpSequencesTest {
  private static final int LENGTH = 5;
  private static final House HOUSE = new House("mx.ehlo.test", 1000, 100, 100);
  private static final List<String> COMMANDS =
      List.of(
          "EHLO c.example",
          "HELO c.example",
          "MAIL FROM:<ann@c.example>",
          "RCPT TO:<bob@ehlo.test>",
          "RCPT TO:<nobody@ehlo.test>",
          "DATA",
          "BDAT 3",
          "BDAT 3 LAST",
          "RSET",
          "NOOP",
          "WHAT",
          "QUIT");

  private int sequences;

  @Test
  void everySequenceIsAnsweredAsTheTableSays() {
    CommandParser parser = new CommandParser(true);
    List<Command> commands =
        COMMANDS.stream().map(line -> parser.parse(new Line.Text(line))).toList();
    walk(commands, new int[LENGTH], 0);
    assertThat(sequences).isEqualTo(12 * 12 * 12 * 12 * 12);
  }

  private void walk(List<Command> commands, int[] sequence, int length) {
    if (length == LENGTH) {
      sequences++;
      play(commands, sequence);
      return;
    }
    for (int i = 0; i < commands.size(); i++) {
      sequence[length] = i;
      walk(commands, sequence, length + 1);
    }
  }

  private static void play(List<Command> commands, int[] sequence) {
    SmtpSession session =
        new SmtpSession(
            HOUSE, new Client("C", "192.0.2.1"), SmtpSequencesTest::policy, () -> new MailId(1));
    Table table = new Table();
    for (int i = 0; i < sequence.length; i++) {
      String line = COMMANDS.get(sequence[i]);
      int wanted = table.answers(line);
      int said = answer(session, commands.get(sequence[i]), table.kept);
      if (said != wanted || session.mail().isPresent() != table.mail) {
        assertThat(said + " in a mail: " + session.mail().isPresent())
            .as(shown(sequence, i))
            .isEqualTo(wanted + " in a mail: " + table.mail);
      }
      if (line.equals("QUIT")) {
        return;
      }
    }
  }

  /** Carries out what the session wants, as a connection would whose content and store are always well. */
  private static int answer(SmtpSession session, Command command, List<Transaction> mayKeep) {
    Turn turn = session.on(command);
    while (true) {
      switch (turn) {
        case Turn.Say(var reply) -> {
          return reply.reason().code();
        }
        case Turn.SayAndClose(var reply) -> {
          return reply.reason().code();
        }
        case Turn.SkipChunk(var octets, var reply) -> {
          assertThat(octets).isEqualTo(3);
          return reply.reason().code();
        }
        case Turn.TakeContent(var reply) -> {
          assertThat(reply.reason().code()).isEqualTo(354);
          turn = session.content(FINE);
        }
        case Turn.TakeChunk(var octets) -> {
          assertThat(octets).isEqualTo(3);
          turn = session.content(FINE);
        }
        case Turn.Keep(var transaction, _) -> {
          assertThat(transaction.recipients()).isNotEmpty();
          mayKeep.add(transaction);
          turn = session.kept();
        }
      }
    }
  }

  private static final ContentFacts FINE =
      new ContentFacts(3, ContentScan.Flaw.NONE, 0, ContentFacts.Stored.WELL);

  private static Policy.Verdict policy(Client client, ReversePath from, ForwardPath to, long size) {
    return to.toString().startsWith("bob")
        ? new Policy.Verdict.Welcome(new Recipient(to, List.of(new AccountId(1))))
        : new Policy.Verdict.Refused(Reply.of(Replies.UNKNOWN_USER, to));
  }

  private static String shown(int[] sequence, int last) {
    StringBuilder said = new StringBuilder();
    for (int i = 0; i <= last; i++) {
      said.append(COMMANDS.get(sequence[i])).append("; ");
    }
    return said.toString();
  }

  /** The order of commands as flags. */
  private static final class Table {
    private final List<Transaction> kept = new ArrayList<>();
    private boolean greeted;
    private boolean extended;
    private boolean mail;
    private boolean chunks;
    private boolean recipient;

    int answers(String line) {
      return switch (line.substring(0, 4)) {
        case "EHLO", "HELO" -> {
          greeted = true;
          extended = line.startsWith("EHLO");
          yield forget(250);
        }
        case "RSET" -> forget(250);
        case "NOOP" -> 250;
        case "QUIT" -> 221;
        case "MAIL" -> mail();
        case "RCPT" -> rcpt(line.contains("bob"));
        case "DATA" -> !mail || chunks || !recipient ? 503 : forget(250);
        case "BDAT" -> bdat(line.endsWith("LAST"));
        default -> 500;
      };
    }

    private int mail() {
      if (!greeted || mail) {
        return 503;
      }
      mail = true;
      return 250;
    }

    private int rcpt(boolean known) {
      if (!mail || chunks) {
        return 503;
      }
      recipient |= known;
      return known ? 250 : 550;
    }

    private int bdat(boolean last) {
      if (mail && !extended) {
        return 502;
      }
      if (!mail || !recipient) {
        return 503;
      }
      chunks = true;
      return last ? forget(250) : 250;
    }

    private int forget(int code) {
      mail = false;
      chunks = false;
      recipient = false;
      return code;
    }
  }
}
