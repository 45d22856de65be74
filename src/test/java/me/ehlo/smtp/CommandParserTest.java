package me.ehlo.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import me.ehlo.lines.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines and what they mean, for kind ears and for strict ones. */
class CommandParserTest {
  private final CommandParser lenient = new CommandParser(false);
  private final CommandParser strict = new CommandParser(true);

  /** The line, what it is to the lenient parser, what to the strict one: a verb with its values, or a code. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EHLO a.example | EHLO a.example | EHLO a.example",
        "ehlo a.example | EHLO a.example | EHLO a.example",
        "EHLO | EHLO | 501 5.5.4",
        "EHLO a b c | EHLO a b c | 501 5.5.4",
        "HELO [1.2.3.4] | HELO [1.2.3.4] | HELO [1.2.3.4]",
        "MAIL FROM:<> | MAIL <> | MAIL <>",
        "MAIL FROM:<a@b> | MAIL <a@b> | MAIL <a@b>",
        "mail from:<a@b> | MAIL <a@b> | MAIL <a@b>",
        "MAIL FROM: <a@b> | MAIL <a@b> | 501 5.5.4",
        "MAIL FROM :<a@b> | MAIL <a@b> | 501 5.5.4",
        "mail from: a@b | MAIL <a@b> | 501 5.5.4",
        "MAIL FROM:a@b SIZE=5 | MAIL <a@b> size 5 | 501 5.5.4",
        "MAIL FROM:<a@b> SIZE=5 | MAIL <a@b> size 5 | MAIL <a@b> size 5",
        "MAIL FROM:<a@b> size=0 | MAIL <a@b> size 0 | MAIL <a@b> size 0",
        "MAIL FROM:<a@b> SIZE=99999999999999999999 | MAIL <a@b> size 9223372036854775807 | MAIL <a@b> size 9223372036854775807",
        "MAIL FROM:<a@b> SIZE=999999999999999999999 | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> SIZE= | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> SIZE | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> SIZE=-1 | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> SIZE=1 SIZE=1 | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> SIZE=1 size=2 | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> BODY=8BITMIME SMTPUTF8 | MAIL <a@b> 8bit utf8 | MAIL <a@b> 8bit utf8",
        "MAIL FROM:<a@b> BODY=7bit | MAIL <a@b> | MAIL <a@b>",
        "MAIL FROM:<a@b> BODY=BINARYMIME | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> BODY | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> SMTPUTF8=1 | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> AUTH=<> | MAIL <a@b> auth | MAIL <a@b> auth",
        "MAIL FROM:<a@b> AUTH=e+3Dmc2@example.com | MAIL <a@b> auth | MAIL <a@b> auth",
        "MAIL FROM:<a@b> AUTH= | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> AUTH | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> AUTH=ann | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> AUTH=a@b+0D+0A | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> AUTH=a@b+00 | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> AUTH=a=b@c | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> AUTH=<> AUTH=<> | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> RET=FULL | MAIL <a@b> ret FULL | MAIL <a@b> ret FULL",
        "MAIL FROM:<a@b> ret=hdrs | MAIL <a@b> ret HDRS | MAIL <a@b> ret HDRS",
        "MAIL FROM:<a@b> RET=HEADERS | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> RET= | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> RET | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> RET=FULL RET=HDRS | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> RET=FULL,HDRS | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> ENVID=QQ314159 RET=HDRS | MAIL <a@b> ret HDRS envid QQ314159 | MAIL <a@b> ret HDRS envid QQ314159",
        "MAIL FROM:<a@b> ENVID=a+20b+3Dc | MAIL <a@b> envid a b=c | MAIL <a@b> envid a b=c",
        "MAIL FROM:<a@b> ENVID= | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> ENVID=x ENVID=x | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<a@b> NOTIFY=NEVER | 555 5.5.4 | 555 5.5.4",
        "MAIL FROM:<a@b> =x | 555 5.5.4 | 555 5.5.4",
        "MAIL FROM:<a@b>SIZE=5 | 501 5.1.7 | 501 5.1.7",
        "MAIL FROM:<a@b | 501 5.1.7 | 501 5.1.7",
        "MAIL FROM:a@b> | 501 5.1.7 | 501 5.5.4",
        "MAIL FROM:Ann <a@b> | 501 5.1.7 | 501 5.5.4",
        "MAIL FROM:<postmaster> | 501 5.1.7 | 501 5.1.7",
        "MAIL FROM: | 501 5.1.7 | 501 5.5.4",
        "MAIL | 501 5.5.4 | 501 5.5.4",
        "MAIL a@b | 501 5.5.4 | 501 5.5.4",
        "MAIL TO:<a@b> | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM <a@b> | 501 5.5.4 | 501 5.5.4",
        "MAIL FROM:<\"a>b\"@c> | MAIL <\"a>b\"@c> | MAIL <\"a>b\"@c>",
        "MAIL FROM:<@x:a@b> | MAIL <a@b> | MAIL <a@b>",
        "RCPT TO:<a@b> | RCPT <a@b> | RCPT <a@b>",
        "rcpt to: a@b | RCPT <a@b> | 501 5.5.4",
        "RCPT TO:<Postmaster> | RCPT <postmaster> | RCPT <postmaster>",
        "RCPT TO:postmaster | RCPT <postmaster> | 501 5.5.4",
        "RCPT TO:<> | 501 5.1.3 | 501 5.1.3",
        "RCPT TO:<a@b> NOTIFY=NEVER | RCPT <a@b> notify NEVER | RCPT <a@b> notify NEVER",
        "RCPT TO:<a@b> notify=never | RCPT <a@b> notify NEVER | RCPT <a@b> notify NEVER",
        "RCPT TO:<a@b> NOTIFY=Delay,SUCCESS | RCPT <a@b> notify SUCCESS,DELAY | RCPT <a@b> notify SUCCESS,DELAY",
        "RCPT TO:<a@b> NOTIFY=SUCCESS,FAILURE,DELAY | RCPT <a@b> notify SUCCESS,FAILURE,DELAY | RCPT <a@b> notify SUCCESS,FAILURE,DELAY",
        "RCPT TO:<a@b> NOTIFY=NEVER,SUCCESS | 501 5.5.4 | 501 5.5.4",
        "RCPT TO:<a@b> NOTIFY=SUCCESS, | 501 5.5.4 | 501 5.5.4",
        "RCPT TO:<a@b> NOTIFY=,SUCCESS | 501 5.5.4 | 501 5.5.4",
        "RCPT TO:<a@b> NOTIFY=SUCCESS,,DELAY | 501 5.5.4 | 501 5.5.4",
        "RCPT TO:<a@b> NOTIFY= | 501 5.5.4 | 501 5.5.4",
        "RCPT TO:<a@b> NOTIFY | 501 5.5.4 | 501 5.5.4",
        "RCPT TO:<a@b> NOTIFY=ALWAYS | 501 5.5.4 | 501 5.5.4",
        "RCPT TO:<a@b> NOTIFY=NEVER NOTIFY=NEVER | 501 5.5.4 | 501 5.5.4",
        "RCPT TO:<a@b> ORCPT=rfc822;a@b | RCPT <a@b> orcpt rfc822;a@b | RCPT <a@b> orcpt rfc822;a@b",
        "RCPT TO:<a@b> ORCPT=RFC822;A+2Bx@b NOTIFY=NEVER | RCPT <a@b> notify NEVER orcpt rfc822;A+x@b | RCPT <a@b> notify NEVER orcpt rfc822;A+x@b",
        "RCPT TO:<a@b> ORCPT=rfc822;ü@b | 501 5.5.4 | 501 5.5.4",
        "RCPT TO:<a@b> ORCPT=utf-8;ü@b | RCPT <a@b> orcpt utf-8;\\x{FC}@b utf8 | RCPT <a@b> orcpt utf-8;\\x{FC}@b utf8",
        "RCPT TO:<a@b> ORCPT=a@b | 501 5.5.4 | 501 5.5.4",
        "RCPT TO:<a@b> ORCPT | 501 5.5.4 | 501 5.5.4",
        "RCPT TO:<a@b> ORCPT=rfc822;a@b ORCPT=rfc822;a@b | 501 5.5.4 | 501 5.5.4",
        "RCPT TO:<a@b> SIZE=5 | 555 5.5.4 | 555 5.5.4",
        "RCPT TO:<a@b> =NEVER | 555 5.5.4 | 555 5.5.4",
        "RCPT TO:<> NOTIFY=NEVER | 501 5.1.3 | 501 5.1.3",
        "RCPT TO:<Postmaster> NOTIFY=NEVER | RCPT <postmaster> notify NEVER | RCPT <postmaster> notify NEVER",
        "RCPT TO:<a@b>,<c@d> | 501 5.1.3 | 501 5.1.3",
        "RCPT TO:a@b,c@d | 501 5.1.3 | 501 5.5.4",
        "RCPT FROM:<a@b> | 501 5.5.4 | 501 5.5.4",
        "RCPT TO:<bob> | 501 5.1.3 | 501 5.1.3",
        "DATA | DATA | DATA",
        "data | DATA | DATA",
        "DATA now | 501 5.5.4 | 501 5.5.4",
        "BDAT 5 | BDAT 5 | BDAT 5",
        "BDAT 5 last | BDAT 5 LAST | BDAT 5 LAST",
        "BDAT 0 LAST | BDAT 0 LAST | BDAT 0 LAST",
        "BDAT 000000000000000005 | BDAT 5 | BDAT 5",
        "BDAT 999999999999999999 | BDAT 999999999999999999 | BDAT 999999999999999999",
        "BDAT | fatal 501 5.5.4 | fatal 501 5.5.4",
        "BDAT x | fatal 501 5.5.4 | fatal 501 5.5.4",
        "BDAT -5 | fatal 501 5.5.4 | fatal 501 5.5.4",
        "BDAT 5 LAST x | fatal 501 5.5.4 | fatal 501 5.5.4",
        "BDAT 1000000000000000000 | fatal 501 5.5.4 | fatal 501 5.5.4",
        "RSET | RSET | RSET",
        "RSET x | 501 5.5.4 | 501 5.5.4",
        "NOOP | NOOP | NOOP",
        "NOOP whatever | NOOP | NOOP",
        "QUIT | QUIT | QUIT",
        "QUIT now | 501 5.5.4 | 501 5.5.4",
        "VRFY bob | VRFY | VRFY",
        "VRFY | 501 5.5.4 | 501 5.5.4",
        "EXPN list | EXPN | EXPN",
        "EXPN | 501 5.5.4 | 501 5.5.4",
        "ETRN example.org | ETRN example.org | ETRN example.org",
        "etrn @Example.ORG | ETRN @Example.ORG | ETRN @Example.ORG",
        "ETRN #queue | ETRN #queue | ETRN #queue",
        "ETRN | 501 5.5.4 | 501 5.5.4",
        "ETRN @ | 501 5.5.4 | 501 5.5.4",
        "ETRN a..b | 501 5.5.4 | 501 5.5.4",
        "ETRN a b | 501 5.5.4 | 501 5.5.4",
        "ETRN #a b | 501 5.5.4 | 501 5.5.4",
        "ETRN a@b | 501 5.5.4 | 501 5.5.4",
        "ETRN <a> | 501 5.5.4 | 501 5.5.4",
        "ETRN [192.0.2.1] | 501 5.5.4 | 501 5.5.4",
        "HELP | HELP | HELP",
        "help rcpt to | HELP RCPT TO | HELP RCPT TO",
        "STARTTLS | STARTTLS | STARTTLS",
        "starttls  | STARTTLS | STARTTLS",
        "STARTTLS now | 501 5.5.4 | 501 5.5.4",
        "AUTH PLAIN AGFubg== | AUTH PLAIN AGFubg== | AUTH PLAIN AGFubg==",
        "auth  login | AUTH LOGIN | AUTH LOGIN",
        "AUTH PLAIN = | AUTH PLAIN = | AUTH PLAIN =",
        "AUTH x-mine | AUTH X-MINE | AUTH X-MINE",
        "AUTH | 501 5.5.4 | 501 5.5.4",
        "AUTH PLAIN a b | 501 5.5.4 | 501 5.5.4",
        "XCLIENT ADDR=192.0.2.1 | XCLIENT 192.0.2.1 | XCLIENT 192.0.2.1",
        "xclient addr=ipv6:2001:db8::1 | XCLIENT 2001:db8:0:0:0:0:0:1 | XCLIENT 2001:db8:0:0:0:0:0:1",
        "XCLIENT ADDR=192.0.2.1 NAME=a.example PORT=25 PROTO=ESMTP HELO=a.example DESTADDR=192.0.2.2 DESTPORT=25 |"
            + " XCLIENT 192.0.2.1 | XCLIENT 192.0.2.1",
        "XCLIENT ADDR=[UNAVAILABLE] NAME=[TEMPUNAVAIL] LOGIN=[UNAVAILABLE] | XCLIENT 0.0.0.0 | XCLIENT 0.0.0.0",
        "XCLIENT NAME=a+2Bb | XCLIENT | XCLIENT",
        "XCLIENT | 501 5.5.4 | 501 5.5.4",
        "XCLIENT ADDR | 501 5.5.4 | 501 5.5.4",
        "XCLIENT ADDR= | 501 5.5.4 | 501 5.5.4",
        "XCLIENT ADDR=2001:db8::1 | 501 5.5.4 | 501 5.5.4",
        "XCLIENT ADDR=IPV6:192.0.2.1 | 501 5.5.4 | 501 5.5.4",
        "XCLIENT ADDR=192.0.2.0/24 | 501 5.5.4 | 501 5.5.4",
        "XCLIENT ADDR=192.0.2.1 ADDR=192.0.2.2 | 501 5.5.4 | 501 5.5.4",
        "XCLIENT ADDR=a.example | 501 5.5.4 | 501 5.5.4",
        "XCLIENT NAME=a+0D+0A | 501 5.5.4 | 501 5.5.4",
        "XCLIENT PORT=65536 | 501 5.5.4 | 501 5.5.4",
        "XCLIENT PROTO=HTTP | 501 5.5.4 | 501 5.5.4",
        "XCLIENT LOGIN=ann | 501 5.5.4 | 501 5.5.4",
        "XCLIENT FOO=bar | 501 5.5.4 | 501 5.5.4",
        "GET / HTTP/1.1 | fatal 554 5.5.0 | fatal 554 5.5.0",
        "get | 500 5.5.2 | 500 5.5.2",
        "HELLO | 500 5.5.2 | 500 5.5.2",
        "MAILFROM:<a@b> | 500 5.5.2 | 500 5.5.2",
        "EHLOa.example | 500 5.5.2 | 500 5.5.2",
        "Subject: hi | 500 5.5.2 | 500 5.5.2",
        ". | 500 5.5.2 | 500 5.5.2",
      })
  void linesAndWhatTheyMean(String line, String kindly, String strictly) {
    assertThat(meaning(lenient, line)).as("lenient").isEqualTo(kindly);
    assertThat(meaning(strict, line)).as("strict").isEqualTo(strictly);
  }

  @ParameterizedTest
  @CsvSource({
    "HELLO, HELO or EHLO",
    "HALO, HELO or EHLO",
    "EHOL x, EHLO",
    "DTAA, DATA",
    "DATTA, DATA",
    "QUTI, QUIT",
    "RPCT TO:<a@b>, RCPT",
    "MAILFROM:<a@b>, MAIL FROM",
    "MAILTO:a@b, MAIL FROM",
    "RCPTTO:<a@b>, RCPT TO",
    "FROM:<a@b>, MAIL FROM",
    "TO: a@b, RCPT TO",
    "Subject: x, say DATA first",
    "X-Mailer: x, say DATA first",
    "USER ann, POP3",
    "EXIT, say QUIT",
    "bye, say QUIT",
    "., DATA begins one",
    "qwertz, HELP lists",
    "SEND FROM:<a@b>, not offered",
    "'', empty"
  })
  void aMistakeIsPutRight(String line, String advice) {
    assertThat(meaningReply(line)).contains(advice);
  }

  @Test
  void blanksAroundACommandAreForgivenUnlessStrict() {
    assertThat(meaning(lenient, "  NOOP  ")).isEqualTo("NOOP");
    assertThat(meaning(lenient, "MAIL \t FROM:\t<a@b>  ")).isEqualTo("MAIL <a@b>");
    assertThat(meaning(strict, " NOOP")).isEqualTo("500 5.5.2");
    assertThat(meaning(strict, "NOOP  "))
        .isEqualTo("NOOP"); // RFC 5321 §4.1.1: trailing blanks are to be tolerated
    assertThat(meaning(strict, "RCPT TO:<a@b> ")).isEqualTo("RCPT <a@b>");
  }

  @Test
  void linesThatAreNoTextHaveTheirReplies() {
    for (Line line :
        new Line[] {
          new Line.TooLong(2048),
          new Line.BareLineFeed(),
          new Line.ControlCharacter(0),
          new Line.EscapeSequence(),
          new Line.NotUtf8()
        }) {
      assertThat(meaning(lenient.parse(line))).isEqualTo("500 5.5.2");
    }
  }

  private String meaningReply(String line) {
    return lenient.parse(new Line.Text(line)) instanceof Command.Malformed(_, var reply)
        ? reply.said()
        : "understood";
  }

  private static String meaning(CommandParser parser, String line) {
    return meaning(parser.parse(new Line.Text(line)));
  }

  private static String meaning(Command command) {
    return switch (command) {
      case Command.Ehlo(var name) -> ("EHLO " + name).strip();
      case Command.Helo(var name) -> ("HELO " + name).strip();
      case Command.Mail(var path, var parameters) -> "MAIL <" + path + ">" + shown(parameters);
      case Command.Rcpt(var path, var parameters) -> "RCPT <" + path + ">" + shown(parameters);
      case Command.Bdat(var octets, var last) -> "BDAT " + octets + (last ? " LAST" : "");
      case Command.Etrn(var node) -> "ETRN " + node;
      case Command.Auth(var mechanism, var initial) ->
          "AUTH " + mechanism + initial.map(word -> " " + word).orElse("");
      case Command.Xclient(var address) -> ("XCLIENT " + address.orElse("")).strip();
      case Command.Help(var topic) -> ("HELP " + topic).strip();
      case Command.Malformed(_, var reply) -> code(reply);
      case Command.Fatal(_, var reply) -> "fatal " + code(reply);
      default -> command.verb();
    };
  }

  private static String code(Reply reply) {
    return reply.reason().code() + " " + reply.reason().status();
  }

  private static String shown(MailParameters parameters) {
    OptionalLong size = parameters.size();
    return (size.isPresent() ? " size " + size.getAsLong() : "")
        + (parameters.eightBit() ? " 8bit" : "")
        + (parameters.smtpUtf8() ? " utf8" : "")
        + (parameters.auth() ? " auth" : "")
        + parameters.dsn().ret().map(ret -> " ret " + ret).orElse("")
        + parameters.dsn().envid().map(envid -> " envid " + envid).orElse("");
  }

  private static String shown(RcptParameters parameters) {
    return parameters.notices().asked().map(_ -> " notify " + parameters.notices()).orElse("")
        + parameters.orcpt().map(orcpt -> " orcpt " + orcpt).orElse("")
        + (parameters.notAscii() ? " utf8" : "");
  }
}
