package me.ehlo.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import me.ehlo.call.Tutorial;
import me.ehlo.call.TutorialServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code ehlo send} with the server of each system of the tutorials about telnet, its replies word for word: they come through
 * as they were said, and what they mean is the exit code and the report.
 */
class SendTutorialsTest {
  private static final String ACCEPTED = "=== accepted for 1 recipient";

  static List<Arguments> cases() {
    return List.of(
        led("about.com", "--protocol SMTP", "sender@example.com", "recipient@example.com", 0)
            .to(ACCEPTED),
        led("gmail-helo", "--protocol SMTP", "alexanderragel@gmail.com", "as@ehlo.me", 0)
            .to(ACCEPTED),
        led("gmail-starttls", "--tls", "alexanderragel@gmail.com", "as@ehlo.me", 29)
            .to("*** no TLS: ", "*** not accepted for any of 1 recipient"),
        led("mail.domain.com", "", "sender@domain.com", "recipient@domain.com", 0).to(ACCEPTED),
        led("mailmax", "--protocol SMTP", "webmaster@monitortools.com", "info@activexperts.com", 0)
            .to(ACCEPTED),
        led("sendmail-8.9.3", "", "me@client.test", "whoever@client.test", 0).to(ACCEPTED),
        led("sendmail-second", "--protocol SMTP", "mail@domain.ext", "mail@otherdomain.ext", 0)
            .to(ACCEPTED),
        led(
                "sendmail-second-problems",
                "--protocol SMTP",
                "nouser@nosuchplace.here",
                "mail@otherdomain.ext",
                23)
            .to("*** not accepted for any of 1 recipient", "Sender domain must exist"),
        led(
                "sendmail-second-problems",
                "--protocol SMTP",
                "mail@domain.ext",
                "mail@otherdomain.ext",
                24)
            .to("*** not accepted for any of 1 recipient", "Relaying Denied"),
        led("yahoo", "--protocol SMTP", "me@client.test", "anaplexian@yahoo.com", 0).to(ACCEPTED));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itsWordsComeThroughAndAreUnderstood(Led led, List<String> report) throws IOException {
    try (TutorialServer server = new TutorialServer(Tutorial.of(led.tutorial()));
        Sent sent = new Sent()) {
      List<String> words = new ArrayList<>(List.of(led.how().split(" ")));
      words.removeIf(String::isEmpty);
      words.addAll(List.of("--server", "127.0.0.1:" + server.port()));
      words.addAll(List.of("--from", led.from(), "--to", led.to(), "--timeout", "20s"));
      assertThat(sent.send(words.toArray(String[]::new))).as(sent.out()).isEqualTo(led.exit());
      assertThat(sent.lines())
          .filteredOn(line -> line.startsWith("<"))
          .extracting(line -> line.substring("<-  ".length()))
          .isEqualTo(server.said());
      String end = sent.out().substring(sent.out().lastIndexOf("\n<"));
      assertThat(end).containsSubsequence(report);
    }
  }

  @Test
  void noSystemIsLeftOut() throws IOException {
    Stream<String> led = cases().stream().map(it -> ((Led) it.get()[0]).tutorial());
    assertThat(led).containsAll(Tutorial.all().stream().map(Tutorial::name).toList());
  }

  private static Led led(String tutorial, String how, String from, String to, int exit) {
    return new Led(tutorial, how, from, to, exit);
  }

  /** A mail for the server of a tutorial, and the exit code. */
  record Led(String tutorial, String how, String from, String to, int exit) {
    Arguments to(String... report) {
      return Arguments.of(this, Arrays.asList(report));
    }
  }
}
