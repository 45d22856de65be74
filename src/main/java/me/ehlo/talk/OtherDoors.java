package me.ehlo.talk;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import me.ehlo.call.Call;
import me.ehlo.call.Destination;
import me.ehlo.call.Door;
import me.ehlo.call.Heard;
import me.ehlo.call.Means;
import me.ehlo.net.WireFailure;
import me.ehlo.trace.Mark;

/** Knocks at the other doors of a host that is silent at one, to tell a dead host from a filter on the way. */
final class OtherDoors {
  private static final List<Door> OTHERS = List.of(Door.SMTP, Door.SUBMISSION, Door.SMTPS);
  private static final Duration CONNECTING = Duration.ofSeconds(4);
  private static final Duration GREETING = Duration.ofSeconds(4);

  private final Means means;
  private final Notebook notebook;

  OtherDoors(Means means, Notebook notebook) {
    this.means = means;
    this.notebook = notebook;
  }

  /** Tries, and says what follows from it. */
  void tryFrom(Destination silent, Door door) {
    notebook.tell(Mark.INFO, "trying the other doors of the same host");
    int port = silent.port();
    boolean answers = false;
    boolean refuses = false;
    for (Door other : OTHERS) {
      if (other.port() != port) {
        Knock knock = knock(silent.at(other.port()), other);
        notebook.tell(
            Mark.INFO, "  %-22s %s".formatted(silent.at(other.port()).shown(), knock.text()));
        answers |= knock.answers();
        refuses |= knock.refuses();
      }
    }
    conclude(silent, answers, refuses);
    if (answers && port == Door.SMTP.port()) {
      notebook.advise(
          List.of(
              "If you only want to send: with an account, port 587 works from here:",
              "    ehlo talk --submission " + silent.name()));
    }
  }

  /** What came of it. */
  private record Knock(boolean answers, boolean refuses, String text) {}

  private void conclude(Destination silent, boolean answers, boolean refuses) {
    int port = silent.port();
    if (answers || refuses) {
      notebook.tell(
          Mark.ERROR,
          "No answer on port %d. The host is alive, so port %d is filtered on the way."
              .formatted(port, port));
      notebook.advise(
          List.of(
              "Silence is not \"no\": a closed port refuses at once. Something dropped the packets,"
                  + " near you (home line, cloud provider, company firewall) or in front of "
                  + silent.name()
                  + ". To tell which, ask others:",
              "    ehlo check --port25 --probe        tries port 25 of three well-known servers"));
    } else {
      notebook.tell(Mark.ERROR, "No answer on port " + port + ", nor on any other door.");
      notebook.advise(
          "The host is down, is not there, or something on the way drops all that goes to it.");
    }
  }

  private Knock knock(Destination to, Door door) {
    long since = System.nanoTime();
    try (Call call =
        new Call(means.dialer(), to, door.protocol(), means.clock(), _ -> {}, CONNECTING)) {
      String connected =
          "connected in " + Painter.time(Duration.ofNanos(System.nanoTime() - since));
      String greeting = door.tls() ? "" : greeting(call).map(line -> "    " + line).orElse("");
      return new Knock(true, false, connected + greeting);
    } catch (WireFailure e) {
      boolean silent = e.kind() == WireFailure.Kind.TIMED_OUT;
      boolean refused = !silent && String.valueOf(e.getMessage()).contains("refused");
      return new Knock(
          false, refused, silent ? "no answer" : refused ? "refused" : Connecting.why(e));
    }
  }

  private static Optional<String> greeting(Call call) {
    try {
      Heard heard = call.hear(GREETING);
      return Optional.of(heard.lines().getFirst());
    } catch (WireFailure e) {
      return Optional.empty();
    }
  }
}
