package me.ehlo.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.net.WireFailure;
import me.ehlo.script.Comparison;
import me.ehlo.script.Script;
import me.ehlo.script.Script.Exchange;
import me.ehlo.script.Script.Expected;
import me.ehlo.script.Script.Said;
import me.ehlo.trace.Plain;

/**
 * Plays one script with a server, whatever server it is, and finds where it answers otherwise.
 *
 * <p>What the server is like ({@code given}) and what it has kept afterwards ({@code then}) is not ours to arrange or to see;
 * only that the connection is closed at the end can be looked at.
 */
public final class ScriptRun {
  private static final Duration AFTERTHOUGHT = Duration.ofMillis(300);
  private static final Duration FAREWELL = Duration.ofSeconds(5);
  private static final int LINES_MAX = 10_000;

  private final Script script;
  private final Map<String, Event> events;
  private final Duration patience;
  private final List<Difference> differences = new ArrayList<>();

  /** Something that happens between two lines: {@code ! tls}. */
  @FunctionalInterface
  public interface Event {

    /** Lets it happen; why it has not, as a clause, or nothing. */
    Optional<String> befall(Call call) throws WireFailure;
  }

  /**
   * @param events those that can happen here, by their names
   * @param patience for each answer
   */
  public ScriptRun(Script script, Map<String, Event> events, Duration patience) {
    this.script = script;
    this.events = Map.copyOf(events);
    this.patience = patience;
  }

  /** Why this script cannot be played with a server that is not ours; empty if it can. */
  public Optional<String> unplayable() {
    return script.exchanges().stream()
        .flatMap(exchange -> exchange.events().stream())
        .filter(event -> !events.containsKey(event))
        .findFirst()
        .map(event -> "\"! " + event + "\" befalls the server, and only its own tests can do that");
  }

  /** What the server should be like, a clause each. */
  public static List<String> givens(Script script) {
    return script.givens().stream()
        .map(given ->
            "given "
                + given.what()
                + " "
                + String.join(" ", given.words())
                + ": the server's to have")
        .toList();
  }

  /** A line of a script as it is shown. */
  public static String shown(Said said) {
    String text = said.shown().substring(2);
    return Plain.text((text.startsWith(" ") ? text.substring(1) : text).getBytes(UTF_8));
  }

  /** Plays it; what is told goes to the call's teller. The first difference comes first. */
  public List<Difference> play(Call call) {
    return play(new CallPartner(call, patience), script.exchanges());
  }

  /** Plays it with a server that has greeted already. */
  public List<Difference> playOn(Partner partner) {
    boolean greets = script.exchanges().getFirst().said().isEmpty();
    return play(partner, script.exchanges().subList(greets ? 1 : 0, script.exchanges().size()));
  }

  private List<Difference> play(Partner partner, List<Exchange> exchanges) {
    for (Exchange exchange : exchanges) {
      if (!play(partner, exchange)) {
        return differences;
      }
    }
    end(partner);
    return differences;
  }

  /** Whether the two are still in step. */
  private boolean play(Partner partner, Exchange exchange) {
    List<Heard> heard = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    try {
      if (!say(partner, exchange)) {
        return false;
      }
      hear(partner, exchange, heard, lines);
    } catch (WireFailure e) {
      differ(exchange, Difference.Kind.LOST, lines, Failures.clause(e, patience));
      return false;
    } finally {
      partner.answered(heard);
    }
    int at = Comparison.firstDifference(exchange.expected(), lines);
    if (at < 0) {
      return true;
    }
    List<AnswerPattern> patterns = AnswerPattern.of(exchange.expected());
    Difference.Kind kind = Difference.kind(patterns, heard);
    differ(exchange, kind, lines, "");
    return AnswerPattern.inStep(patterns, heard);
  }

  /** What happens comes before what is said; whether it has happened. */
  private boolean say(Partner partner, Exchange exchange) throws WireFailure {
    List<Said> lines = new ArrayList<>();
    for (Said said : exchange.said()) {
      Optional<String> trouble = happens(partner.call(), said.event());
      if (trouble.isPresent()) {
        String place = said.place().toString();
        differences.add(
            new Difference(place, Difference.Kind.LOST, said.shown(), List.of(), trouble.get()));
        return false;
      }
      if (said.event().isEmpty()) {
        lines.add(said);
      }
    }
    partner.say(lines);
    return true;
  }

  private Optional<String> happens(Call call, String event) throws WireFailure {
    return events.containsKey(event) ? events.get(event).befall(call) : Optional.empty();
  }

  private void hear(Partner partner, Exchange exchange, List<Heard> heard, List<String> lines)
      throws WireFailure {
    for (AnswerPattern answer : AnswerPattern.of(exchange.expected())) {
      hear(partner, heard, lines, answer.hasLines());
    }
    while (Comparison.firstDifference(exchange.expected(), lines) >= 0
        && lines.size() < LINES_MAX
        && saysMore(partner)) {
      hear(partner, heard, lines, false); // more than was to be expected, or "..." stood for it
    }
  }

  /** What was heard counts, even if the connection ends behind it. */
  private static boolean saysMore(Partner partner) {
    try {
      return partner.call().hears(AFTERTHOUGHT);
    } catch (WireFailure e) {
      return false;
    }
  }

  private void hear(Partner partner, List<Heard> heard, List<String> lines, boolean several)
      throws WireFailure {
    Heard answer = partner.hear();
    heard.add(answer);
    lines.addAll(answer.lines());
    if (several && !partner.call().protocol().hasCodes() && answer.kind() == Heard.Kind.DONE) {
      lines.addAll(partner.hearLines(LINES_MAX));
    }
  }

  private void end(Partner partner) {
    boolean wanted =
        script.thens().stream().anyMatch(then -> then.what().equals("connection is closed"));
    try {
      boolean more = partner.call().hears(wanted ? FAREWELL : Duration.ofMillis(1));
      if (more) {
        List<String> lines = partner.hear().lines();
        differences.add(
            new Difference(script.name(), Difference.Kind.CODE, "nothing more", lines, ""));
      } else if (wanted) {
        differences.add(
            new Difference(
                script.name(),
                Difference.Kind.LOST,
                "connection is closed",
                List.of(),
                "it is still open"));
      }
    } catch (WireFailure e) {
      // Closed: as it should be, or as it may be behind the last word.
    }
  }

  private void differ(Exchange exchange, Difference.Kind kind, List<String> lines, String why) {
    int at = Comparison.firstDifference(exchange.expected(), lines);
    List<Expected> expected = exchange.expected();
    String wanted =
        at >= 0 && at < expected.size() ? expected.get(at).shown().substring(2).strip() : "no more";
    String place =
        at >= 0 && at < expected.size()
            ? expected.get(at).place().toString()
            : exchange.said().isEmpty()
                ? script.name()
                : exchange.said().getLast().place().toString();
    differences.add(new Difference(place, kind, wanted, lines, why));
  }
}
