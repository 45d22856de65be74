package me.ehlo.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import me.ehlo.lines.LineDecoder;
import me.ehlo.smtp.Command;
import me.ehlo.smtp.CommandParser;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.SmtpLimits;

/** Whatever octets come, every line is a command, wherever the octets are cut, and every refusal can be said. */
class SmtpCommandsFuzz {

  @FuzzTest
  void parse(byte[] octets) {
    for (boolean strict : new boolean[] {false, true}) {
      List<Command> whole = commands(octets, strict, octets.length);
      assertThat(commands(octets, strict, 1)).isEqualTo(whole);
      assertThat(commands(octets, strict, 7)).isEqualTo(whole);
      for (Command command : whole) {
        switch (command) {
          case Command.Malformed(_, var reply) -> check(reply);
          case Command.Fatal(_, var reply) -> check(reply);
          case Command.Bdat(var size, _) -> assertThat(size).isNotNegative();
          case Command.Mail mail -> assertThat(mail.reversePath().toString()).hasSizeLessThan(256);
          case Command.Rcpt rcpt -> assertThat(rcpt.forwardPath().toString()).hasSizeLessThan(256);
          case Command.StartTls _, Command.Xclient _ ->
              assertThat(command.verb()).hasSizeGreaterThan(6);
          default -> assertThat(command.verb()).hasSize(4);
        }
      }
    }
  }

  private static void check(Reply reply) {
    assertThat(reply.refuses()).isTrue();
    String said = new String(reply.octets(), ISO_8859_1);
    int text = said.length() - 2;
    assertThat(said)
        .startsWith("5")
        .endsWith("\r\n")
        .hasSizeLessThanOrEqualTo(SmtpLimits.REPLY_LINE_OCTETS);
    assertThat(said.substring(0, text).chars().allMatch(c -> c >= ' ' && c < 0x7F))
        .as(said)
        .isTrue();
  }

  private static List<Command> commands(byte[] octets, boolean strict, int piece) {
    LineDecoder lines = new LineDecoder(SmtpLimits.COMMAND_LINE_OCTETS, strict);
    CommandParser parser = new CommandParser(strict);
    List<Command> commands = new ArrayList<>();
    int at = 0;
    while (at < octets.length) {
      at = lines.decode(octets, at, Math.min(octets.length, at + piece));
      if (lines.ended()) {
        commands.add(parser.parse(lines.take()));
      }
    }
    return commands;
  }
}
