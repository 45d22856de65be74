package me.ehlo.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import me.ehlo.call.Heard;
import me.ehlo.call.Protocol;
import me.ehlo.config.Nearest;
import me.ehlo.explain.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
  private final Advice advice = new Advice(Catalogue::ours, Nearest::to);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                         | 220 mx.test ESMTP                      | Your turn. Say EHLO",
        "''                         | 220 **************                     | rewritten on the"
            + " way",
        "''                         | 554 go away                            | does not want to"
            + " talk",
        "HELLO x                    | 500 5.5.2 what                         | There is no HELLO."
            + " The old greeting is HELO",
        "MIAL FROM:<a@b>            | 500 what                               | Did you mean MAIL?",
        "EHLO x                     | 502 what                               | HELO is what it"
            + " understands",
        "NOOP                       | 421 4.4.2 timeout                      | waited for you too"
            + " long",
        "NOOP                       | 421 4.7.0 too many connections         | too many"
            + " connections",
        "RCPT TO:<c@other.example>  | 554 5.7.1 <c>: Relay access denied     | you ask mx.test to"
            + " carry mail to other.example",
        "RCPT TO:<c@other.example>  | 550 relay not permitted                | /reconnect --mx"
            + " other.example",
        "RCPT TO:<c@d>              | 450 4.2.0 <c>: Greylisted, see help    | Greylisting: whoever"
            + " is new",
        "RCPT TO:<c@d>              | 451 4.3.0 try later                    | Refused, for now"
            + " (4xx)",
        "MAIL FROM:<a@b>            | 550 5.1.8 no                           | Refused, permanently"
            + " (5xx)",
        "DATA                       | 354 go on                              | A line with only",
        "AUTH LOGIN                 | 334 VXNlcm5hbWU6                       | It says: Username:",
      })
  void everyAnswerThatPeopleMeetIsExplained(String line, String answer, String said) {
    assertThat(on(line, answer)).anyMatch(text -> text.contains(said));
  }

  @Test
  void anOrdinaryYesNeedsNoWord() {
    assertThat(on("MAIL FROM:<a@b>", "250 2.1.0 Ok")).isEmpty();
    assertThat(on("QUIT", "221 2.0.0 Bye")).isEmpty();
  }

  @Test
  void whatEhloOffersIsSummedUp() {
    assertThat(on("EHLO x", "250-mx.test", "250-SIZE 52428800", "250 STARTTLS"))
        .containsExactly(
            "Takes mails up to 50 MB. Offers TLS; so far everything is readable on the way. /tls"
                + " begins it.",
            "No AUTH here: port 25 is for server to server. To log in and send, use /reconnect"
                + " 587.");
    assertThat(on("EHLO x", "250-mx.test", "250 AUTH PLAIN LOGIN"))
        .contains("To log in: /auth (PLAIN, LOGIN).");
  }

  @Test
  void whatIsStillPossibleBehindARefusedRecipientIsSaid() {
    Progress progress = new Progress(Protocol.SMTP);
    Heards.say(progress, "MAIL FROM:<a@b>", "250 2.1.0 Ok");
    Heard heard = Heards.say(progress, "RCPT TO:<c@d>", "550 5.1.1 no such user");
    assertThat(
            advice.on(
                new Situation(Words.of("RCPT TO:<c@d>"), heard, progress, "mx.test", 25, false)))
        .contains("The sender is still set. Another RCPT TO is possible; RSET starts over.");
  }

  @Test
  void theSecondEhloIsTold() {
    assertThat(Offers.difference(List.of("SIZE 1", "STARTTLS"), List.of("SIZE 1")))
        .isEqualTo("... same as before, without STARTTLS   (/show prints it)");
    assertThat(Offers.difference(List.of("SIZE 1"), List.of("SIZE 1", "AUTH PLAIN")))
        .isEqualTo("... same as before, with AUTH PLAIN   (/show prints it)");
  }

  @Test
  void theLastLineCounts() {
    Tally tally = new Tally();
    assertThat(tally.sentence(java.time.Duration.ofSeconds(3)))
        .isEqualTo("closed after 3 s: nothing sent");
    tally.heard("MAIL", Heards.heard("250 2.1.0 Ok"));
    tally.heard("RCPT", Heards.heard("250 2.1.5 Ok"));
    tally.heard("RCPT", Heards.heard("554 5.7.1 no"));
    assertThat(tally.sentence(java.time.Duration.ofSeconds(31)))
        .isEqualTo("closed after 31 s: nothing sent. 1 recipient accepted, 1 refused (554 5.7.1)");
    assertThat(tally.status()).isEqualTo(Ending.RECIPIENTS);
    tally.mail(List.of(Heards.heard("250 2.0.0 Ok")), 1);
    assertThat(tally.status()).isEqualTo(Ending.PARTLY);
    assertThat(tally.sentence(java.time.Duration.ofSeconds(72)))
        .isEqualTo("closed after 1 min 12 s: 1 mail accepted, 1 recipient, 1 refused (554 5.7.1)");
  }

  @ParameterizedTest
  @CsvSource({
    "VRFY, 0",
    "EXPN, 0",
    "HELP, 0",
    "NOOP, 0",
    "HELLO, 0",
    "RETR, 0",
    "HELO, 22",
    "BDAT, 25",
    "STLS, 29",
    "PASS, 28"
  })
  void aRefusalCountsAsTheStepThatItIs(String verb, int status) {
    Tally tally = new Tally();
    tally.heard(verb, Heards.heard("502 5.5.1 no"));
    assertThat(tally.status()).isEqualTo(status);
    tally.heard("MAIL", Heards.heard("550 5.7.1 no"));
    tally.heard("VRFY", Heards.heard("502 5.5.1 no"));
    assertThat(tally.status()).isEqualTo(Ending.MAIL);
  }

  private List<String> on(String line, String... answer) {
    Progress progress = new Progress(Protocol.SMTP);
    Heard heard = Heards.say(progress, line, answer);
    return advice.on(new Situation(Words.of(line), heard, progress, "mx.test", 25, false));
  }
}
