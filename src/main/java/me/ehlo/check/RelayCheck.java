package me.ehlo.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.ehlo.call.Heard;

/** Whether the server sends mail of strangers to strangers: what it says to RCPT, in several forms; never a mail. */
final class RelayCheck implements Check {

  @Override
  public String id() {
    return "relay";
  }

  @Override
  public List<Finding> findings(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Visited visited : facts.visits()) {
      List<Question.Asked> asked =
          visited.answers().stream()
              .filter(it -> it.question().kind() == Question.Kind.RELAY)
              .toList();
      if (!asked.isEmpty() || visited.isIntroduced()) {
        findings.add(finding(visited, asked));
      }
    }
    return findings;
  }

  private Finding finding(Visited visited, List<Question.Asked> asked) {
    Place place = visited.place();
    List<Question.Asked> answered = asked.stream().filter(it -> it.heard().isPresent()).toList();
    Optional<Question.Asked> taken =
        answered.stream().filter(it -> isTaken(it, visited)).findFirst();
    if (taken.isPresent()) {
      return open(visited, taken.get());
    }
    if (answered.isEmpty()) {
      return Finding.unknown(
          id(), place, "Not looked at: it did not come to a recipient elsewhere.");
    }
    Optional<Heard> later =
        answered.stream()
            .flatMap(it -> it.heard().stream())
            .filter(heard -> heard.kind() == Heard.Kind.NOT_NOW)
            .findFirst();
    if (later.isPresent()) {
      String saw = "Recipients elsewhere are put off: \"" + Said.line(later.get()) + "\".";
      return Said.isGreylisting(later.get())
          ? Finding.note(
              id(),
              place,
              saw,
              "The server greylists before it decides: whether it relays cannot be told now.",
              "Try again in ten minutes.")
          : Finding.unknown(id(), place, saw, "Try again later.");
    }
    return Finding.ok(
        id(), place, "It refuses recipients elsewhere, in " + answered.size() + " forms.");
  }

  /** An odd form that is taken says nothing where anything is taken in front of the domain's own @. */
  private static boolean isTaken(Question.Asked asked, Visited visited) {
    boolean taken = asked.heard().filter(heard -> heard.kind() == Heard.Kind.DONE).isPresent();
    boolean anything = visited.answer(Question.Kind.RANDOM).filter(Heard::isGood).isPresent();
    return taken && !(anything && asked.question().isOwnDomain());
  }

  private Finding open(Visited visited, Question.Asked asked) {
    String saw =
        "It takes a recipient elsewhere: "
            + asked.question().line()
            + " is answered with \""
            + asked.heard().map(Said::line).orElse("")
            + "\".";
    boolean near = visited.here().filter(it -> it.isLoopbackAddress()).isPresent();
    return near
        ? Finding.warn(
            id(),
            visited.place(),
            saw,
            "For this machine at least, which is the server's own: that may be meant so.",
            "Ask from another machine. If it is taken there too, the server is an open relay.")
        : Finding.fail(
            id(),
            visited.place(),
            saw,
            "An open relay: spam is sent through it within hours, and its address lands on every block list.",
            "Let only your own networks and users with a password send elsewhere (Postfix: mynetworks,"
                + " smtpd_relay_restrictions). If this machine is one of those, ask from another.");
  }
}
