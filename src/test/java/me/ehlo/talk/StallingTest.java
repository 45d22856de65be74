package me.ehlo.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import me.ehlo.call.Door;
import me.ehlo.call.ScriptedServer;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Utterance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that stop in the middle: it is said what is awaited, and Ctrl-C ends the wait. */
@Timeout(30)
class StallingTest {

  @ParameterizedTest
  @CsvSource({
    "EHLO me,   the answer to EHLO me",
    "/auth ann, the answer to the login",
    "RETR 1,    the rest of the answer",
  })
  void whoeverWaitsIsToldForWhatAndMayGiveUp(String typed, String awaited) throws IOException {
    try (ScriptedServer server =
        new ScriptedServer()
            .on("(greeting)", "+OK ready")
            .on("CAPA", "+OK|SASL PLAIN|.")
            .on("AUTH PLAIN", "")
            .on("RETR", "+OK|Subject: x")) {
      Door door = Door.POP3;
      if (typed.startsWith("EHLO")) {
        door = Door.SMTP;
        server.on("(greeting)", "220 mx.test").on("EHLO", "250-mx.test|250-SIZE 1000");
      }
      Impatient desk = new Impatient(typed, awaited);
      new Evening(server)
          .door(door)
          .patient(Duration.ofMinutes(5))
          .with(desk, UnaryOperator.identity());
      assertThat(desk.status).anyMatch(text -> text.startsWith("waiting for " + awaited));
      assertThat(desk.shown)
          .contains("=== given up waiting for " + awaited, "*** the connection was dropped");
    }
  }

  /** Somebody who types one line, and gives up as soon as he is told what he waits for. */
  private static final class Impatient implements Desk {
    private final Queue<String> lines = new ArrayDeque<>();
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final List<String> status = new CopyOnWriteArrayList<>();
    private final String awaited;

    Impatient(String line, String awaited) {
      lines.add(line);
      this.awaited = awaited;
    }

    @Override
    public Typed type(Mark gutter) {
      return lines.isEmpty() ? new Typed.End() : new Typed.Line(lines.remove());
    }

    @Override
    public void show(Utterance utterance, Duration took) {
      shown.add(utterance.line());
    }

    @Override
    public void mutter(String part) {}

    @Override
    public Optional<String> ask(String prompt, boolean hidden) {
      return Optional.of("secret");
    }

    @Override
    public Optional<String> edit(String begun) {
      return Optional.empty();
    }

    @Override
    public int dropQueued() {
      return 0;
    }

    @Override
    public void giveBack(String line) {}

    @Override
    public boolean interrupted() {
      return status.stream().anyMatch(text -> text.contains(awaited));
    }

    @Override
    public boolean isPerson() {
      return true;
    }

    @Override
    public void status(String text) {}

    @Override
    public void await(String text) {
      status.add(text);
    }

    @Override
    public void close() {}
  }
}
