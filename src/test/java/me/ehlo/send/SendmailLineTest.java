package me.ehlo.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import me.ehlo.mail.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendmailLineTest {

  /** What programs really say, and what is made of it: mode, -t, -i, sender, recipients. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          -t -i                                | SUBMIT   | true  | true  | -              | []
          -ti                                  | SUBMIT   | true  | true  | -              | []
          -i -B8BITMIME -FCronDaemon -oem root | SUBMIT   | false | true  | -              | [root]
          -FCronDaemon -i -odi -oem -oi -t -f root | SUBMIT | true | true | root           | []
          -oi -oem -fann@x.test -- -bob@x.test | SUBMIT   | false | true  | ann@x.test     | [-bob@x.test]
          -f ann@x.test -i bob@x.test carol    | SUBMIT   | false | true  | ann@x.test     | [bob@x.test, carol]
          bob@x.test -t                        | SUBMIT   | true  | false | -              | [bob@x.test]
          -f <> bob                            | SUBMIT   | false | false |                | [bob]
          -r <ann@x.test> bob                  | SUBMIT   | false | false | ann@x.test     | [bob]
          -G -U -n -m -bm -v -h 5 -X log -O a=b -o7 -A c -p x bob | SUBMIT | false | false | - | [bob]
          -bm -o i bob                         | SUBMIT   | false | true  | -              | [bob]
          -L tag -e m -d0.1 bob                | SUBMIT   | false | false | -              | [bob]
          bob,carol@x.test bob                 | SUBMIT   | false | false | -              | [bob, carol@x.test]
          -bs                                  | CONVERSE | false | false | -              | []
          -bp                                  | LIST     | false | false | -              | []
          -bi                                  | NOTHING  | false | false | -              | []
          -I                                   | NOTHING  | false | false | -              | []
          -q                                   | FLUSH    | false | false | -              | []
          -q bob                               | FLUSH    | false | false | -              | [bob]
          """)
  void isReadAsOthersReadIt(
      String line, String mode, boolean t, boolean i, String sender, String recipients) {
    SendmailCall call = right(line.split(" "));
    assertThat(call.mode()).hasToString(mode);
    assertThat(call.recipientsInHeader()).isEqualTo(t);
    assertThat(call.dotIsText()).isEqualTo(i);
    assertThat(call.sender())
        .isEqualTo(
            "-".equals(sender) ? Optional.empty() : Optional.of(sender == null ? "" : sender));
    assertThat(call.recipients()).hasToString(recipients);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          -y bob        | there is no option -y
          --to bob      | there is no option --to
          -ty bob       | there is no option -y
          -f            | option -f needs a value behind it
          -bd           | -bd is not done here; ehlo serve is the server
          -q30m         | -q30m is not done here; ehlo queue retry has filters
          -N sometimes b | -N is never, or some of success,failure,delay
          -N never,delay b | -N is never, or some of success,failure,delay
          -R some b     | -R is full or hdrs
          -B 9BIT b     | -B is 7BIT or 8BITMIME
          -f a,b c      | -f needs one address
          -f a@b@c d    | -f: "a@b@c" is no address: this is no domain
          bob@          | "bob@" is no address
          """)
  void aMistakeIsNamed(String line, String why) {
    assertThat(SendmailLine.read(List.of(line.split(" "))))
        .isInstanceOfSatisfying(
            Parsed.Wrong.class, wrong -> assertThat(wrong.why()).startsWith(why.split(":")[0]));
  }

  @Test
  void nothingBecomesACommandOfItsOwn() {
    for (String evil : List.of("a@b\r\nRCPT TO", "\"a\r\nb\"@x", "a\nb", "a\0b@x", "\u001b[2J@x")) {
      assertThat(SendmailLine.read(List.of(evil))).as(evil).isInstanceOf(Parsed.Wrong.class);
      assertThat(SendmailLine.read(List.of("-f", evil, "bob")))
          .isInstanceOfSatisfying(
              Parsed.Wrong.class,
              wrong -> assertThat(wrong.why().toString()).matches("[^\\x00-\\x1f\\x7f]*"));
    }
    assertThat(right("a@b\r\nRCPT TO:<x@y>").recipients())
        .as("the name of a group, and who is in it")
        .containsExactly("x@y");
    assertThat(SendmailLine.read(List.of("-V", "id\r\nRSET", "bob")))
        .isInstanceOf(Parsed.Wrong.class);
  }

  @Test
  void reportsAreAskedForInTheWordsOfSmtp() {
    SendmailCall call =
        right("-N", "success,delay", "-R", "hdrs", "-V", "a b=1", "-F", "Ann", "bob");
    assertThat(call.notice()).isEqualTo("NOTIFY=SUCCESS,DELAY");
    assertThat(call.parameters()).containsExactly("RET=HDRS", "ENVID=a+20b+3D1");
    assertThat(call.fullName()).contains("Ann");
    assertThat(right("-N", "never", "bob").notice()).isEqualTo("NOTIFY=NEVER");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          Ann Example   | Ann Example
          Ann O. "X" \\ | "Ann O. \\"X\\" \\\\"
          Jürgen        | =?utf-8?B?SsO8cmdlbg==?=
          """)
  void aNameIsWrittenSoThatItIsOne(String name, String written) {
    assertThat(DisplayName.of(name)).isEqualTo(written);
    assertThat(DisplayName.of("a\r\nb")).isEqualTo("a  b");
    assertThat(DisplayName.of("ü".repeat(30)).split(" ")).hasSize(3);
  }

  private static SendmailCall right(String... words) {
    return switch (SendmailLine.read(List.of(words))) {
      case Parsed.Right<SendmailCall>(var call) -> call;
      case Parsed.Wrong<SendmailCall>(var why) -> throw new AssertionError(why);
    };
  }
}
