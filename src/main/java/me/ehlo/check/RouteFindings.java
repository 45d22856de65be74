package me.ehlo.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import me.ehlo.check.Hop.Told;

/** What is odd, or good to know, about a mail's way. */
final class RouteFindings implements MailCheck {
  private static final Duration SLOW = Duration.ofMinutes(1);
  private static final Duration VERY_SLOW = Duration.ofHours(1);
  private static final int SHOWN_MAX = 10; // of the same kind
  private static final int HOPS_MAX = 100; // RFC 5321 §6.3: beyond that it is a loop

  @Override
  public List<String> ids() {
    return List.of("received", "entry", "chain", "delay", "clock", "tls", "reverse");
  }

  @Override
  public List<Finding> findings(MailSeen seen) {
    Route route = seen.route();
    List<Finding> findings = new ArrayList<>();
    if (route.hops().isEmpty()) {
      findings.add(
          Finding.note(
              "received",
              Place.of("header"),
              "No Received field: nothing tells how it came.",
              "It was never sent by SMTP, was taken from an outbox, or somebody has removed them.",
              ""));
      return findings;
    }
    count(route, findings);
    some(
        route,
        findings,
        hop -> !hop.field().isReadable() || hop.field().at().isEmpty(),
        RouteFindings::unreadable);
    entry(route, findings);
    chain(route, findings);
    delay(route, findings);
    some(route, findings, Hop::isSkewed, hop -> clock(route, hop));
    encryption(route, findings);
    return findings;
  }

  private static void count(Route route, List<Finding> findings) {
    int hops = route.hops().size();
    findings.add(
        hops > HOPS_MAX
            ? Finding.warn(
                "received",
                Place.of("header"),
                hops + " Received fields.",
                "More than 100 are taken for a loop, and the mail is refused (RFC 5321 §6.3).",
                "Look for a forwarding that leads back to itself, among the hosts that come again.")
            : Finding.ok("received", Place.of("header"), hops + (hops == 1 ? " hop." : " hops.")));
  }

  private static Finding unreadable(Hop hop) {
    return Finding.note(
        "received",
        hop.place(),
        hop.field().isReadable()
            ? "The field tells no time: " + Quoted.of(hop.field().text())
            : "The field cannot be read: " + Quoted.of(hop.field().text()),
        "A server writes them in its own way, or somebody has made it up.",
        "");
  }

  private static void entry(Route route, List<Finding> findings) {
    Hop entry = route.entryHop().orElseThrow();
    if (route.claimed().isEmpty()) {
      findings.add(
          Finding.ok(
              "entry",
              entry.place(),
              "As far as names tell, all hops are of one site, that of " + route.receiver() + "."));
    } else {
      findings.add(
          Finding.note(
              "entry",
              entry.place(),
              entry.by()
                  + " let it in"
                  + (entry.from().isEmpty() ? "" : ", from " + who(entry))
                  + ".",
              "So far one can believe it, if "
                  + entry.by()
                  + " is yours. What the older hops say came with the mail, and anybody can write such a field.",
              ""));
    }
    boolean isPublic =
        entry
            .field()
            .client()
            .address()
            .filter(it -> Reachability.unreachable(it).isEmpty())
            .isPresent();
    if (isPublic && entry.field().client().reverse().isEmpty() && tellsNames(entry)) {
      findings.add(
          Finding.note(
              "reverse",
              entry.place(),
              "No name is known of its address " + entry.address() + ".",
              "Servers that send mail have one; many others refuse mail from an address without, or take it for spam.",
              "If it is yours: ask whoever gives you the address for a PTR record."));
    }
    if (entry.field().client().doubtful()) {
      findings.add(
          Finding.note(
              "reverse",
              entry.place(),
              entry.by() + " writes that the name " + entry.from() + " may be forged.",
              "The name of the address does not lead back to the address.",
              ""));
    }
  }

  /** Ehlo and some others write none, whether there is one or not: only a word like "unknown" tells. */
  private static boolean tellsNames(Hop hop) {
    return hop.field().text().contains("unknown");
  }

  private static void chain(Route route, List<Finding> findings) {
    if (route.claimed().isEmpty()) {
      return;
    }
    Hop entry = route.entryHop().orElseThrow();
    Hop claim = route.claimed().getLast();
    String by = claim.field().by();
    boolean comparable = !Route.isLocal(by) && !entry.field().client().isUntold();
    boolean fits =
        Route.isOneSite(by, entry.field().client().said())
            || Route.isOneSite(by, entry.field().client().reverse());
    if (comparable && !fits) {
      findings.add(
          Finding.warn(
              "chain",
              claim.place(),
              "It is said to have been at "
                  + by
                  + ", and "
                  + entry.by()
                  + " had it from "
                  + who(entry)
                  + ".",
              "A host may have several names, or a hop writes nothing; forged fields look so, too.",
              "Believe of this mail's way only what your own servers write."));
    }
  }

  private static String who(Hop hop) {
    return hop.address().isEmpty() || hop.from().equals(hop.address())
        ? hop.from()
        : hop.from() + " [" + hop.address() + "]";
  }

  private static void delay(Route route, List<Finding> findings) {
    if (route.slowest().filter(RouteFindings::isSlow).isPresent()) {
      some(route, findings, RouteFindings::isSlow, hop -> delay(route, hop));
    } else if (route.slowest().isPresent()) {
      findings.add(
          Finding.ok(
              "delay",
              Place.of("header"),
              "No hop took a minute: " + Spans.of(route.took()) + " in all."));
    }
  }

  private static boolean isSlow(Hop hop) {
    return hop.delay().filter(delay -> delay.compareTo(SLOW) >= 0).isPresent();
  }

  private static Finding delay(Route route, Hop hop) {
    Duration delay = hop.delay().orElseThrow();
    String waited = hop.number() > 1 ? route.hops().get(hop.number() - 2).by() : hop.from();
    String saw = Spans.of(delay) + " passed until " + hop.by() + " had it.";
    String means =
        "It waited at "
            + waited
            + ", in its queue or for an answer: greylisting, a host that did not answer, or much to do.";
    String todo = "The log of " + waited + " says why, if it is yours.";
    return delay.compareTo(VERY_SLOW) >= 0
        ? Finding.warn("delay", hop.place(), saw, means, todo)
        : Finding.note("delay", hop.place(), saw, means, todo);
  }

  private static Finding clock(Route route, Hop hop) {
    boolean behind = hop.skew().isNegative();
    String saw =
        "The clock of "
            + hop.by()
            + " is at least "
            + Spans.of(hop.skew().abs())
            + (behind ? " behind" : " ahead of")
            + " the others.";
    String means = "Times it writes are wrong by that; what it took itself cannot be told.";
    return hop.number() >= route.entry()
        ? Finding.warn("clock", hop.place(), saw, means, "If it is yours: set its clock by NTP.")
        : Finding.note("clock", hop.place(), saw, means, "");
  }

  private static void encryption(Route route, List<Finding> findings) {
    if (route.hops().stream().anyMatch(hop -> hop.encryption() == Told.NO)) {
      some(route, findings, hop -> hop.encryption() == Told.NO, RouteFindings::open);
    } else if (route.hops().stream().anyMatch(hop -> hop.encryption() == Told.YES)) {
      findings.add(Finding.ok("tls", Place.of("header"), "No hop is known to be without TLS."));
    }
  }

  private static Finding open(Hop hop) {
    boolean near =
        hop.field()
            .client()
            .address()
            .filter(it -> !Reachability.unreachable(it).isEmpty())
            .isPresent();
    return Finding.note(
        "tls",
        hop.place(),
        hop.by()
            + " took it without TLS"
            + (hop.from().isEmpty() ? "." : " from " + who(hop) + "."),
        near
            ? "The address is none of the internet's; whoever is in that network could read it."
            : "Whoever sits between the two could read and change it.",
        "If one of them is yours: ehlo check tells whether STARTTLS is offered and works.");
  }

  /** One finding for each of the first hops that are so, and one for all others. */
  private static void some(
      Route route, List<Finding> findings, Predicate<Hop> which, Function<Hop, Finding> finding) {
    List<Finding> all = route.hops().stream().filter(which).map(finding).toList();
    findings.addAll(all.subList(0, Math.min(SHOWN_MAX, all.size())));
    if (all.size() > SHOWN_MAX) {
      findings.add(
          Finding.note(
              all.getFirst().check(),
              Place.of("header"),
              "The same is true of " + (all.size() - SHOWN_MAX) + " more hops.",
              "The route shows them.",
              ""));
    }
  }
}
