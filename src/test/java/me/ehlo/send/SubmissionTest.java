package me.ehlo.send;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import me.ehlo.lines.Line;
import me.ehlo.lines.LineDecoder;
import me.ehlo.mail.Parsed;
import me.ehlo.net.Listener;
import me.ehlo.net.LocalServerSocket;
import me.ehlo.net.Wire;
import me.ehlo.net.WireFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that say something else than hoped, at every point, and what the program that called is told. */
class SubmissionTest {
  private static final List<String> GOOD =
      List.of(
          "220 here",
          "250 here",
          "250 2.1.0 ok",
          "250 2.1.5 ok",
          "250 2.1.5 ok",
          "354 go",
          "250 2.0.0 Ok: queued as ID");

  @TempDir Path folder;

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** The answers are to: connecting, EHLO, MAIL, two times RCPT, DATA, the content. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | 421 4.7.0 full                | 75 | false
          0 | 554 no                        | 69 | false
          0 | HTTP/1.1 200 OK               | 75 | false
          0 |                               | 75 | false
          1 | 421 4.3.2 stopping            | 75 | false
          2 | 550 5.7.1 you may not         | 77 | false
          2 | 552 5.3.4 too big             | 65 | false
          2 | 451 4.3.0 trouble             | 75 | false
          2 |                               | 75 | false
          3 | 452 4.2.2 full                | 75 | false
          4 | 451 4.3.0 trouble             | 75 | false
          4 | 550 5.1.1 no such user        | 67 | true
          4 | 550 5.7.1 relaying denied     | 77 | true
          5 | 451 4.3.0 trouble             | 75 | false
          6 | 451 4.3.0 could not be stored | 75 | true
          6 | 452 4.3.1 disk full           | 75 | true
          6 | 554 5.6.0 nested              | 65 | true
          6 | 554 5.4.6 loop                | 69 | true
          6 |                               | 75 | true
          6 | 250 2.0.0 Ok: queued as ID    | 0  | true
          """)
  void whatTheServerSaysBecomesAnExitCode(int when, String reply, int exit, boolean contentWasSent)
      throws IOException {
    List<String> replies = new ArrayList<>(GOOD.subList(0, when));
    Optional.ofNullable(reply).ifPresent(replies::add);
    if (contentWasSent && when < 6) {
      replies.addAll(GOOD.subList(when + 1, 7));
    }
    assertThat(sendmail(replies, "-f", "a@x", "b@x", "c@x")).isEqualTo(exit);
    assertThat(heard.contains("text")).isEqualTo(contentWasSent);
    String said = err.toString(UTF_8);
    if (exit == 0) {
      assertThat(said).isEmpty();
    } else {
      assertThat(said.lines()).hasSize(1).allMatch(line -> line.startsWith("sendmail: "));
    }
  }

  @Test
  void theMailIsSaidAsItIs() throws IOException {
    assertThat(sendmail(GOOD, "-v", "-N", "never", "-f", "", "-i", "b@x", "c@x")).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("Ok: queued as ID\n");
    assertThat(heard)
        .containsExactly(
            "EHLO localhost",
            "MAIL FROM:<> BODY=8BITMIME SIZE=31",
            "RCPT TO:<b@x> NOTIFY=NEVER",
            "RCPT TO:<c@x> NOTIFY=NEVER",
            "DATA",
            "Subject: s",
            "",
            "text",
            "..",
            "...dots",
            ".");
  }

  @Test
  void withoutASenderItIsTheUserAndWithANameTheHeaderSaysIt() throws IOException {
    assertThat(sendmail(GOOD, "-F", "Ann (home)", "b@x", "c@jürgen.test")).isZero();
    assertThat(heard)
        .contains(
            "MAIL FROM:<tester> BODY=8BITMIME SIZE=49 SMTPUTF8",
            "RCPT TO:<c@jürgen.test>",
            "From: \"Ann (home)\" <tester>");
  }

  @Test
  void allRefusedMeansThatNothingIsSent() throws IOException {
    List<String> replies = new ArrayList<>(GOOD.subList(0, 3));
    replies.addAll(List.of("550 5.1.1 <b@x>: not here", "550 5.1.1 <c@x>: nor here"));
    assertThat(sendmail(replies, "b@x", "c@x")).isEqualTo(SysExit.NO_USER);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "sendmail: b@x: 550 5.1.1 <b@x>: not here\nsendmail: c@x: 550 5.1.1 <c@x>: nor here\n");
    assertThat(heard).doesNotContain("DATA");
  }

  @Test
  void whatAServerSaysCannotCommandTheTerminal() throws IOException {
    assertThat(sendmail(List.of("554 \u001b[2Jgone\u0007"))).isEqualTo(SysExit.USAGE);
    assertThat(sendmail(List.of("554 \u001b[2Jgone\u0007"), "b@x")).isEqualTo(69);
    assertThat(err.toString(UTF_8).replace("\n", "")).matches("[ -~]*");
  }

  @Test
  void noServerIsTemporary() {
    Path socket = folder.resolve("submit.sock");
    assertThat(run(new Parsed.Right<>(socket), "b@x")).isEqualTo(75);
    assertThat(err.toString(UTF_8))
        .startsWith("sendmail: the mail server cannot be reached at " + socket);
    assertThat(run(new Parsed.Wrong<>("nobody knows"), "b@x")).isEqualTo(78);
  }

  private int sendmail(List<String> replies, String... words) throws IOException {
    Path socket = folder.resolve("submit.sock");
    Listener listener =
        new Listener(
            "scripted",
            LocalServerSocket.at(socket),
            () -> new LineDecoder(512, false),
            new Semaphore(10),
            wire -> play(wire, replies),
            wire -> {});
    try {
      return run(new Parsed.Right<>(socket), words);
    } finally {
      listener.close();
      listener.awaitEnd(Duration.ofSeconds(5));
    }
  }

  private int run(Parsed<Path> socket, String... words) {
    String mail = "Subject: s\n\ntext\n.\n..dots\n";
    return new Sendmail(
            new ByteArrayInputStream(mail.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            "tester",
            new Sendmail.Site() {
              @Override
              public Parsed<Path> socket(Optional<String> configuration) {
                return socket;
              }

              @Override
              public int ehlo(String... command) {
                throw new AssertionError(List.of(command));
              }
            })
        .run(List.of(words));
  }

  /** Says each answer when what it answers has come, then closes. */
  private void play(Wire wire, List<String> replies) {
    try {
      for (int i = 0; i < replies.size(); i++) {
        wire.write((replies.get(i) + "\r\n").getBytes(US_ASCII));
        boolean content = replies.get(i).startsWith("354");
        String line = "";
        while (i + 1 < replies.size() || content) {
          line = text(wire.readLine(Duration.ofSeconds(20)));
          heard.add(line);
          if (!content || line.equals(".")) {
            break;
          }
        }
      }
      if (replies.size() < GOOD.size()) {
        heard.add(text(wire.readLine(Duration.ofMillis(50)))); // the command that is not answered
      }
    } catch (WireFailure e) {
      heard.add("(gone)");
    }
  }

  private static String text(Line line) {
    return line instanceof Line.Text(var text) ? text : line.toString();
  }
}
