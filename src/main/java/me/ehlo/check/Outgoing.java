package me.ehlo.check;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import me.ehlo.call.Heard;
import me.ehlo.call.Reach;
import me.ehlo.check.Report.Cell;

/** What calls to port 25 of several hosts say about the way from here, for one family of addresses. */
final class Outgoing {
  private static final String CHECK = "port25";

  /** Below these labels of a country, names are registered. */
  private static final Set<String> SHARED =
      Set.of("co", "com", "net", "org", "ac", "gov", "edu", "ne", "or", "go");

  private static final String MEANS =
      "Mail from here waits in the queue, and comes back after some days.";
  private static final String REMEDY =
      "Ask your provider to open it (cloud providers have a form; home lines often refuse), or send through a"
          + " smart host: relay.smart-host = \"relay.provider.example:587\" in ehlo.toml.";

  private final String family;
  private final List<Visited> visits;
  private final boolean controlAnswers;

  /**
   * @param controlAnswers whether a host that is none of them answers on another port
   */
  Outgoing(String family, List<Visited> visits, boolean controlAnswers) {
    this.family = family;
    this.visits = visits;
    this.controlAnswers = controlAnswers;
  }

  Finding finding() {
    Place place = Place.of("out, " + family);
    if (visits.isEmpty()) {
      return Finding.skip(CHECK, place, "None of the hosts has such an address.");
    }
    if (all(it -> it.reach() instanceof Reach.NoRoute)) {
      return Finding.skip(CHECK, place, "This machine has no way out by " + family + ".");
    }
    if (any(it -> it.greeting().isPresent())) {
      return greeted(place);
    }
    if (any(it -> it.reach().isConnected())) {
      return blocked(
          place,
          "Every connection is taken and ended before a greeting: something on the way resets them.",
          "medium");
    }
    return unconnected(place);
  }

  private Finding unconnected(Place place) {
    if (!alive()) {
      return Finding.unknown(
          CHECK,
          place,
          "Nothing answers, neither port 25 nor another port: there is no way out at all, or the hosts are away.",
          "See whether this machine reaches the internet by " + family + ".");
    }
    String others = "while other ports answer";
    if (all(it -> it.reach() instanceof Reach.NoAnswer)) {
      return blocked(
          place, "No answer on port 25 of any host, " + others + ": filtered.", certainty());
    }
    if (all(it -> it.reach() instanceof Reach.Refused)) {
      return blocked(
          place, "Port 25 of every host is refused, " + others + ": rejected.", certainty());
    }
    return blocked(place, "Port 25 of no host is reached, " + others + ".", "medium");
  }

  /** That the same host answers at another port, or that a host answers that has no part in it. */
  private boolean alive() {
    return controlAnswers
        || any(it -> it.doors().values().stream().anyMatch(knock -> answers(it, knock)));
  }

  /** To silence even a refusal is an answer. */
  private static boolean answers(Visited visited, Visited.Knock knock) {
    return knock.reach().isConnected()
        || visited.reach() instanceof Reach.NoAnswer && knock.reach() instanceof Reach.Refused;
  }

  private String certainty() {
    return visits.size() > 1 ? "high" : "medium";
  }

  private Finding blocked(Place place, String saw, String sure) {
    return Finding.fail(
        CHECK,
        place,
        "Outgoing port 25 is BLOCKED. " + saw + " Sure: " + sure + ".",
        MEANS,
        REMEDY);
  }

  private Finding greeted(Place place) {
    List<Visited> greeted = visits.stream().filter(it -> it.greeting().isPresent()).toList();
    if (greeted.stream().allMatch(Outgoing::isRewritten)) {
      return Finding.fail(
          CHECK,
          place,
          "Port 25 is open, and the greeting is REWRITTEN on the way: \"" + first(greeted) + "\".",
          "A firewall that \"inspects\" SMTP reads and changes your mail; it often takes TLS away.",
          "Switch the inspection off (on Cisco: no inspect esmtp).");
    }
    Set<String> names =
        greeted.stream()
            .map(it -> Extensions.firstWord(it.greeting().map(Heard::text).orElse("")))
            .collect(Collectors.toSet());
    long owners = greeted.stream().map(it -> registered(it.target().host())).distinct().count();
    if (owners > 1 && names.size() == 1) {
      return Finding.fail(
          CHECK,
          place,
          "Port 25 of every host is answered by the same server, which calls itself "
              + names.iterator().next()
              + ": INTERCEPTED.",
          "Your provider takes all mail for itself; it reads it, and sends it from another address.",
          REMEDY);
    }
    if (greeted.stream().allMatch(Outgoing::isStripped)) {
      return Finding.fail(
          CHECK,
          place,
          "Port 25 is open, and no host offers STARTTLS to us: it is STRIPPED on the way.",
          "Mail from here travels readable for whoever does it.",
          "Ask your provider, and whoever runs the firewall, what changes EHLO's answer.");
    }
    return Finding.ok(
        CHECK,
        place,
        "Outgoing port 25 is open: " + greeted.size() + " of " + visits.size() + " greet, intact.");
  }

  /**
   * The part of a name that somebody has registered, as far as it can be known without a list of all registries: its last two
   * labels, or three below such as co.uk. One provider's hosts may well greet with one name.
   */
  private static String registered(String host) {
    List<String> labels = List.of(host.toLowerCase(Locale.ROOT).split("\\."));
    int size = labels.size();
    boolean shared =
        size > 2 && labels.getLast().length() == 2 && SHARED.contains(labels.get(size - 2));
    return String.join(".", labels.subList(Math.max(0, size - (shared ? 3 : 2)), size));
  }

  private static String first(List<Visited> greeted) {
    return greeted.getFirst().greeting().map(Said::first).orElse("");
  }

  private static boolean isRewritten(Visited visited) {
    return visited.greeting().filter(heard -> heard.text().contains("***")).isPresent();
  }

  /** Where it greets well and has an answer to EHLO, and no STARTTLS in it. */
  private static boolean isStripped(Visited visited) {
    Optional<Heard> ehlo = visited.ehlo().filter(Heard::isGood);
    return ehlo.isPresent() && !Extensions.of(ehlo.get()).has("STARTTLS");
  }

  private boolean all(Predicate<Visited> condition) {
    return visits.stream().allMatch(condition);
  }

  private boolean any(Predicate<Visited> condition) {
    return visits.stream().anyMatch(condition);
  }

  static Cell connect(Reach reach) {
    return switch (reach) {
      case Reach.Connected(var took) -> Cell.ok(Said.span(took));
      case Reach.Refused() -> Cell.fail("refused");
      case Reach.NoAnswer(var waited) -> Cell.fail("no answer " + Said.span(waited));
      case Reach.Unreachable _ -> Cell.fail("unreachable");
      case Reach.NoRoute() -> new Cell("no way out", Result.SKIP);
    };
  }

  static Cell greeting(Visited visited) {
    if (visited.greeting().isEmpty()) {
      return visited.reach().isConnected() ? Cell.fail("reset") : Cell.NOT_REACHED;
    }
    return isRewritten(visited)
        ? Cell.fail("rewritten")
        : Cell.ok(visited.greeting().get().kind() == Heard.Kind.DONE ? "intact" : "refused");
  }

  static Cell startTls(Visited visited) {
    return visited
        .ehlo()
        .filter(Heard::isGood)
        .map(heard ->
            Extensions.of(heard).has("STARTTLS") ? Cell.ok("offered") : Cell.warn("missing"))
        .orElse(Cell.NOT_REACHED);
  }
}
