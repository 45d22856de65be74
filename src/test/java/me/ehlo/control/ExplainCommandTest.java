package me.ehlo.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import me.ehlo.explain.Catalogue;
import me.ehlo.explain.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExplainCommandTest {
  private final Typed typed = Typed.input("");
  private final CommandTree commands =
      new CommandTree(
          null,
          typed.streams(),
          _ -> OptionalLong.empty(),
          _ -> Optional.empty(),
          ExplainCommandTest::nearest,
          _ -> 1);

  @Test
  void tellsWhatItMeansWhoCanDoWhatAndWhereItIsDefined() {
    assertThat(commands.execute(false, "explain", "maildrop-full", "MAIL")).isZero();
    assertThat(typed.out())
        .isEqualTo(
            """
            maildrop-full (Ehlo answers 452 4.2.2): no room in the user's maildrop
              The user's quota is used up. The sender's server tries again for some days.
              - the user: read and delete mail.
              - the postmaster: ehlo user quota gives more room.
              For now: the same may go well later. RFC 5321 §4.2.3.

            MAIL (command): a mail begins, and where reports about it go
              > MAIL FROM:<you@example.org> [SIZE=octets] [BODY=7BIT|8BITMIME] [SMTPUTF8]
                [RET=FULL|HDRS] [ENVID=name]
              The address is the envelope's sender. It need not be the one in From, and
              failures are reported to it; <> means to nobody. It is not checked whether it
              is yours, unless the server has a rule.
              RFC 5321 §4.1.1.2. See also RCPT, 250, 5.7.1.
            """);
    assertThat(typed.err()).isEmpty();
  }

  @Test
  void itFitsTheTerminal() {
    typed.columns(40);
    assertThat(commands.execute(false, "explain", "maildrop-full")).isZero();
    assertThat(typed.out().lines()).hasSizeGreaterThan(6).allMatch(line -> line.length() <= 40);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          explain|554 5.7.1 <carol@other.example>: Relay access denied | 5.7.1: not allowed
          explain|-ERR [IN-USE] in use                                 | [IN-USE]: somebody else is reading
          explain|-ERR                                                 | -ERR: not done
          help|explain                                                 | ehlo explain 550 5.7.1
          """)
  void aLineMayBePastedWhole(String command, String line, String said) {
    assertThat(commands.execute(false, command, line)).isZero();
    assertThat(typed.out()).contains(said);
  }

  @Test
  void whatIsUnknownIsSaidWithWhatIsLikeItAndShownHarmless() {
    assertThat(commands.execute(false, "explain", "550", "is", "it", "fine")).isZero();
    assertThat(commands.execute(false, "explain", "STARTLS", "\u001b[31mred")).isEqualTo(1);
    assertThat(typed.err())
        .contains("nothing about STARTLS; did you mean STARTTLS?\n", "nothing about ")
        .doesNotContain("\u001b");
    assertThat(commands.execute(false, "explain", "")).isEqualTo(1);
    assertThat(typed.err()).contains("no word to explain");
    assertThat(commands.execute(false, "explain")).isEqualTo(2);
  }

  @Test
  void programsGetOneDocument() {
    assertThat(commands.execute(false, "explain", "--json", "[IN-USE]", "FOO\"")).isEqualTo(1);
    assertThat(typed.out())
        .startsWith(
            "{\"v\":1,\"unknown\":[\"FOO\\\"\"],\"explanations\":[{\"kind\":\"response\",\"subject\":\"[IN-USE]\",")
        .contains(
            "\"do\":[\"you: try", "\"lasting\":\"transient\",\"syntax\":null,\"see\":[\"4.2.1\"],")
        .endsWith("\"source\":\"RFC 2449 \\u00A78.1.2\"}]}\n");
    assertThat(typed.err()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyExplanationFitsIntoEightyColumns(Kind kind) {
    Catalogue catalogue = Catalogue.ours();
    assertThat(
            new ExplainedText(80, StandardCharsets.UTF_8).of(catalogue.all(kind).stream().toList()))
        .isNotEmpty()
        .allMatch(line -> line.length() <= 80);
    assertThat(
            new ExplainedText(80, StandardCharsets.US_ASCII)
                .of(catalogue.all(kind).stream().toList()))
        .allMatch(line -> !line.contains("§") && line.length() <= 80);
  }

  private static Optional<String> nearest(String word, Collection<String> words) {
    return words.contains("STARTTLS") && word.startsWith("START")
        ? Optional.of("STARTTLS")
        : Optional.empty();
  }
}
