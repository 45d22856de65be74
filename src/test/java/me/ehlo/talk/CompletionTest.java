package me.ehlo.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import me.ehlo.call.Protocol;
import org.junit.jupiter.api.Test;

class CompletionTest {
  private final Progress progress = new Progress(Protocol.SMTP);

  @Test
  void beforeEhloOnlyGreetingsAndWhatIsAlwaysAllowed() {
    assertThat(of("")).contains("EHLO client.example", "HELO client.example", "QUIT");
    assertThat(of("")).doesNotContain("MAIL FROM:<", "DATA", "STARTTLS");
    assertThat(of("e")).containsExactly("EHLO client.example");
  }

  @Test
  void whatWasOfferedAndNothingElse() {
    Heards.say(progress, "EHLO x", "250-mx.test", "250-SIZE 1000", "250-STARTTLS", "250 8BITMIME");
    assertThat(of("")).contains("MAIL FROM:<", "STARTTLS").doesNotContain("AUTH ", "RCPT TO:<");
    assertThat(of("MAIL FROM:<a@b> "))
        .containsExactly(
            "MAIL FROM:<a@b> BODY=7BIT", "MAIL FROM:<a@b> BODY=8BITMIME", "MAIL FROM:<a@b> SIZE=");
    assertThat(of("MAIL FROM:<a@b> SIZE=5 ")).noneMatch(line -> line.endsWith("SIZE="));
    assertThat(Completion.of("START", progress, true, "x", List.of())).isEmpty();
  }

  @Test
  void whatIsSeldomOffered() {
    Heards.say(
        progress,
        "EHLO x",
        "250-mx.test",
        "250-DELIVERBY 240",
        "250-FUTURERELEASE 86400 2027-01-01T00:00:00Z",
        "250 MT-PRIORITY MIXER");
    assertThat(of("MAIL FROM:<a@b> "))
        .containsExactly(
            "MAIL FROM:<a@b> BY=",
            "MAIL FROM:<a@b> HOLDFOR=",
            "MAIL FROM:<a@b> HOLDUNTIL=",
            "MAIL FROM:<a@b> MT-PRIORITY=");
  }

  @Test
  void addressesThatWereTypedBefore() {
    Heards.say(progress, "EHLO x", "250 mx.test");
    Heards.say(progress, "MAIL FROM:<a@b>", "250 2.1.0 Ok");
    assertThat(Completion.of("rcpt to:<b", progress, false, "x", List.of("bob@x", "ann@x")))
        .containsExactly("RCPT TO:<bob@x>");
    assertThat(of("")).contains("RCPT TO:<").doesNotContain("MAIL FROM:<", "DATA");
    Heards.say(progress, "RCPT TO:<bob@x>", "250 2.1.5 Ok");
    assertThat(of("")).startsWith("DATA");
  }

  @Test
  void ordersAndInAMailNothing() {
    assertThat(of("/re")).containsExactly("/reconnect ");
    assertThat(of("/tr")).containsExactly("/trust-once", "/transcript");
    Heards.say(progress, "DATA", "354 go on");
    assertThat(of("/re")).isEmpty();
    assertThat(of("")).isEmpty();
  }

  @Test
  void pop3HasItsOwnWords() {
    Progress reading = new Progress(Protocol.POP3);
    assertThat(Completion.of("", reading, false, "x", List.of()))
        .contains("USER ", "CAPA")
        .doesNotContain("RETR ", "STLS", "AUTH ", "APOP ");
    reading.heardGreeting(Heards.heard("+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>"));
    reading.heardCapabilities(List.of("SASL PLAIN", "STLS", "TOP"));
    assertThat(Completion.of("", reading, false, "x", List.of()))
        .contains("STLS", "AUTH ", "APOP ");
    assertThat(Completion.of("", reading, true, "x", List.of())).doesNotContain("STLS");
    Heards.say(reading, "PASS x", "+OK welcome");
    assertThat(Completion.of("", reading, false, "x", List.of()))
        .contains("RETR ")
        .doesNotContain("USER ");
  }

  private List<String> of(String begun) {
    return Completion.of(begun, progress, false, "client.example", List.of());
  }
}
