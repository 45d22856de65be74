package me.ehlo.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import me.ehlo.lines.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a line is read as. */
class CommandParserTest {

  @ParameterizedTest
  @MethodSource
  void understood(String line, Command command) {
    assertThat(parse(line)).isEqualTo(command);
  }

  static Stream<Arguments> understood() {
    return Stream.of(
        Arguments.of("USER ann", new Command.User("ann")),
        Arguments.of("user  ann@mail.example ", new Command.User("ann@mail.example")),
        Arguments.of("USER \"ann b\"@mail.example", new Command.User("\"ann b\"@mail.example")),
        Arguments.of("PASS secret", new Command.Pass("secret")),
        Arguments.of("pass two words ", new Command.Pass("two words ")),
        Arguments.of("PASS  first a space", new Command.Pass(" first a space")),
        Arguments.of("STAT", new Command.Stat()),
        Arguments.of("  stat  ", new Command.Stat()),
        Arguments.of("LIST", new Command.List()),
        Arguments.of("LIST ", new Command.List()),
        Arguments.of("LIST 1", new Command.ListOne(1)),
        Arguments.of("Retr\t 007", new Command.Retr(7)),
        Arguments.of("RETR 99999999999999999999999", new Command.Retr(Integer.MAX_VALUE)),
        Arguments.of("DELE 2", new Command.Dele(2)),
        Arguments.of("NOOP", new Command.Noop()),
        Arguments.of("RSET", new Command.Rset()),
        Arguments.of("qUiT", new Command.Quit()),
        Arguments.of("TOP 1 0", new Command.Top(1, 0)),
        Arguments.of("TOP  1   20", new Command.Top(1, 20)),
        Arguments.of("UIDL", new Command.Uidl()),
        Arguments.of("UIDL 3", new Command.UidlOne(3)),
        Arguments.of("CAPA", new Command.Capa()),
        Arguments.of("UTF8", new Command.Utf8()),
        Arguments.of("HELP", new Command.Help(Optional.empty())),
        Arguments.of("help retr", new Command.Help(Optional.of(Verb.RETR))),
        Arguments.of("EHLO me", new Command.OfSmtp("EHLO")),
        Arguments.of("mail from:<a@b>", new Command.OfSmtp("MAIL")),
        Arguments.of("GET / HTTP/1.1", new Command.OfAnother("HTTP")),
        Arguments.of(
            "PROXY TCP4 192.0.2.7 198.51.100.1 5 110", new Command.OfAnother("the PROXY protocol")),
        Arguments.of("DELETE /mail HTTP/1.1", new Command.OfAnother("HTTP")),
        Arguments.of("CONNECT mail.example:25 HTTP/1.0", new Command.OfAnother("HTTP")));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          RETR,          WANTS_NUMBER
          DELE,          WANTS_NUMBER
          RETR x,        NOT_A_NUMBER
          RETR 1x,       NOT_A_NUMBER
          RETR +1,       NOT_A_NUMBER
          RETR ١,        NOT_A_NUMBER
          RETR -,        NOT_A_NUMBER
          RETR -1,       NUMBERS_FROM_ONE
          RETR 0,        NUMBERS_FROM_ONE
          LIST 0,        NUMBERS_FROM_ONE
          LIST all,      NOT_A_NUMBER
          UIDL 1 2,      ONE_NUMBER
          TOP,           WANTS_TWO_NUMBERS
          TOP 1,         WANTS_TWO_NUMBERS
          TOP 1 -1,      WANTS_TWO_NUMBERS
          TOP 1 2 3,     WANTS_TWO_NUMBERS
          TOP 0 1,       NUMBERS_FROM_ONE
          TOP x 1,       NOT_A_NUMBER
          STAT now,      STANDS_ALONE
          QUIT now,      STANDS_ALONE
          USER,          WANTS_NAME
          USER ann secret, ONE_NAME
          PASS,          WANTS_PASSWORD
          `PASS `,       WANTS_PASSWORD
          ``,            EMPTY_LINE
          `  `,          EMPTY_LINE
          HELP ME,       NO_HELP
          APOP a b,      NOT_OFFERED
          AUTH A B C,    AUTH_FORM
          STLS now,      STANDS_ALONE
          """)
  void refused(String line, Pop3Reason why) {
    Command command = parse(line);
    Response response =
        command instanceof Command.NotOffered(var not) ? not : ((Command.Malformed) command).why();
    assertThat(response.why()).isEqualTo(why);
    assertThat(response.said()).doesNotContain("{}");
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE 1, DELE",
    "READ 1, RETR",
    "GET 1, RETR",
    "EXIT, QUIT",
    "LOGIN a, USER",
    "PASSWORD x, PASS",
    "LSIT, LIST",
    "QIUT, QUIT",
    "RETRR 1, RETR",
    "DEL 1, DELE",
    "STA, STAT",
    "UNDELETE, RSET",
    "?, HELP",
    "DIR, LIST",
    "STARTTLS, STLS",
    "ATUH PLAIN, AUTH"
  })
  void meant(String line, String verb) {
    Command.Misnamed misnamed = (Command.Misnamed) parse(line);
    assertThat(misnamed.why().said()).endsWith("Did you mean " + verb + "?");
  }

  @ParameterizedTest
  @CsvSource({
    "hunter2",
    "PASSsecret",
    "pass:secret",
    "x",
    "ТОП",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
  })
  void unknownAndNotRepeated(String line) {
    Command.Unrecognized unrecognized = (Command.Unrecognized) parse(line);
    assertThat(unrecognized.why().said()).doesNotContain(line);
  }

  @Test
  void linesThatAreNone() {
    assertThat(why(new Line.TooLong(512))).startsWith("-ERR ").contains("512 octets");
    assertThat(why(new Line.BareLineFeed())).contains("LF without CR");
    assertThat(why(new Line.ControlCharacter(0))).contains("NUL");
    assertThat(why(new Line.EscapeSequence())).contains("arrow key");
    assertThat(why(new Line.NotUtf8())).contains("UTF-8");
  }

  @Test
  void aPasswordIsNeverShown() {
    assertThat(parse("PASS secret").toString()).doesNotContain("secret");
    assertThat(parse("AUTH PLAIN secret").toString()).doesNotContain("secret");
    assertThat(new Command.Answer("secret").toString()).doesNotContain("secret");
  }

  private static String why(Line line) {
    return ((Command.Malformed) CommandParser.parse(line)).why().toString();
  }

  private static Command parse(String line) {
    return CommandParser.parse(new Line.Text(line));
  }
}
