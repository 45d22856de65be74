package me.ehlo.talk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import me.ehlo.call.Destination;
import me.ehlo.call.Door;
import me.ehlo.call.Reach;
import me.ehlo.net.WireFailure;
import me.ehlo.trace.Mark;

/**
 * Says why there is no conversation, as far as that can be known from here, and what can be done.
 *
 * <p>Silence, a refusal, a router's word and a connection that is cut off are different things, and are told apart in words.
 */
final class Unreached {
  /** How to tell a filter near us from one near the server. */
  static final String PROBE =
      "    ehlo check --port25 --probe        tries port 25 of three well-known servers";

  private final OtherDoors doors;
  private final Notebook notebook;

  Unreached(OtherDoors doors, Notebook notebook) {
    this.doors = doors;
    this.notebook = notebook;
  }

  /** None of these has taken the connection: the most telling one is looked at. */
  void tell(Map<Destination, Reach> tried) {
    Map.Entry<Destination, Reach> telling =
        tried.entrySet().stream()
            .min(Comparator.comparingInt(entry -> rank(entry.getValue())))
            .orElseThrow();
    Destination to = telling.getKey();
    boolean relay = to.port() == Door.SMTP.port();
    notebook.tally().failed(Ending.NO_CONNECTION);
    switch (telling.getValue()) {
      case Reach.NoAnswer _ -> silent(to, doors.tryFrom(to));
      case Reach.Refused() -> refused(to, relay ? doors.tryFrom(to) : List.of());
      case Reach.Unreachable _ -> unreachable(to, relay ? doors.tryFrom(to) : List.of());
      case Reach.Connected _ -> mute(to, "reset before a greeting");
      case Reach.NoRoute() -> noRoute(to);
    }
  }

  /**
   * Somebody has taken the connection, and no greeting came.
   *
   * @param what has come instead, as {@link #greetless} says it
   */
  void mute(Destination to, String what) {
    int port = to.port();
    notebook.tally().failed(Ending.GREETING);
    notebook.tell(
        Mark.ERROR, "Port %d: the connection was taken, and then %s.".formatted(port, what));
    boolean relay = port == Door.SMTP.port();
    List<OtherDoors.Knock> knocks = relay ? doors.tryFrom(to) : List.of();
    boolean greets = knocks.stream().anyMatch(OtherDoors.Knock::greets);
    notebook.advise(
        "It is not closed: somebody takes the connection, and does not talk to this address. That may"
            + " be %s itself, or something on the way that does not let it%s."
                .formatted(
                    to.name(), greets ? ", since another door of the same host is open" : ""));
    if (relay) {
      notebook.advise(List.of("To tell which, ask others:", PROBE));
    }
    wayOn(to, knocks);
  }

  /** What became of a connection that was taken, and on which no greeting came: the end of a sentence. */
  static String greetless(WireFailure failure, Duration patience) {
    return failure.kind() == WireFailure.Kind.TIMED_OUT
        ? "no greeting came in " + Tally.span(patience)
        : (Reach.isReset(failure) ? "reset" : "closed") + " before a greeting";
  }

  private static int rank(Reach reach) {
    return switch (reach) {
      case Reach.Connected _ -> 0;
      case Reach.NoAnswer _ -> 1;
      case Reach.Refused() -> 2;
      case Reach.Unreachable _ -> 3;
      case Reach.NoRoute() -> 4;
    };
  }

  private void silent(Destination to, List<OtherDoors.Knock> knocks) {
    int port = to.port();
    if (knocks.stream().anyMatch(OtherDoors.Knock::isAnswer)) {
      notebook.tell(
          Mark.ERROR,
          "No answer on port %d. The host is alive, so port %d is filtered on the way."
              .formatted(port, port));
      notebook.advise(
          "Silence is not \"no\": a closed port refuses at once. Something dropped the packets, "
              + somewhere(to));
      ask(to);
    } else {
      notebook.tell(Mark.ERROR, "No answer on port " + port + ", nor on any other door.");
      notebook.advise(
          "Silence alone does not say why: the host is down, has moved to another address, or"
              + " something on the way drops all that goes there. Or nothing leaves this machine at"
              + " all"
              + (port == Door.SMTP.port() ? ", which others show:" : "."));
      if (port == Door.SMTP.port()) {
        notebook.advise(PROBE);
      }
    }
    wayOn(to, knocks);
  }

  private void refused(Destination to, List<OtherDoors.Knock> knocks) {
    if (knocks.stream().anyMatch(knock -> knock.reach().isConnected())) {
      notebook.tell(Mark.ERROR, "Refused on port 25, and other doors of the same host are open.");
      notebook.advise(
          "Refused is an answer: nobody listens on that port, or a firewall says no in its place, "
              + somewhere(to));
      ask(to);
    } else {
      notebook.advise(
          "Refused is an answer: the host is there, and nobody listens on that port, or a firewall"
              + " says so.");
    }
    wayOn(to, knocks);
  }

  private void unreachable(Destination to, List<OtherDoors.Knock> knocks) {
    if (knocks.stream().anyMatch(OtherDoors.Knock::isAnswer)) {
      notebook.tell(
          Mark.ERROR, "Port 25 is forbidden on the way, and other doors of the same host answer.");
      notebook.advise(
          "Somebody says that it cannot be reached (ICMP): no mail server does that, but a router or"
              + " a firewall, "
              + somewhere(to));
      ask(to);
    } else {
      notebook.tell(Mark.ERROR, to.name() + " cannot be reached.");
      notebook.advise("A router or a firewall says so, or nobody in its network has that address.");
    }
    wayOn(to, knocks);
  }

  private void noRoute(Destination to) {
    Settings.Family family = Settings.Family.kind(to);
    notebook.tell(Mark.ERROR, "This machine has no way to " + family + " addresses.");
    notebook.advise("It has no " + family + " address of its own, or no route out.");
  }

  private static String somewhere(Destination to) {
    return "near you (home line, cloud provider, company firewall) or in front of "
        + to.name()
        + ".";
  }

  private void ask(Destination to) {
    if (to.port() == Door.SMTP.port()) {
      notebook.advise(List.of("To tell which, ask others:", PROBE));
    }
  }

  private void wayOn(Destination to, List<OtherDoors.Knock> knocks) {
    List<String> lines = new ArrayList<>();
    knocks.stream()
        .filter(OtherDoors.Knock::greets)
        .filter(knock -> !knock.door().equals(Door.SMTP))
        .findFirst()
        .ifPresent(knock -> {
          lines.add(
              "If you only want to send: with an account, port %d works from here:"
                  .formatted(knock.door().port()));
          lines.add("    ehlo talk --" + knock.door().name() + " " + to.name());
        });
    notebook.advise(lines);
  }
}
