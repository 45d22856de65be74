package me.ehlo.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.ehlo.call.Heard;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.Parsed;

/** What the server says first (RFC 5321 §3.1, §4.2), and how long that takes. */
final class GreetingCheck implements Check {
  private static final Duration SLOW = Duration.ofSeconds(3);

  @Override
  public String id() {
    return "greeting";
  }

  @Override
  public List<Finding> findings(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Visited visited : facts.visits()) {
      if (visited.greeting().isPresent()) {
        findings.addAll(heard(visited, visited.greeting().get(), facts));
      } else if (visited.reach().isConnected()) {
        visited.lost().ifPresent(lost -> findings.add(lost(visited, lost)));
      } else {
        findings.add(
            Finding.unknown(id(), visited.place(), "Not looked at: there was no connection."));
      }
    }
    return findings;
  }

  private Finding lost(Visited visited, Visited.Lost lost) {
    return lost.silent()
        ? Finding.fail(
            id(),
            visited.place(),
            "Connected, and no greeting in " + Said.span(lost.waited()) + ".",
            "Something takes the connection and says nothing: most senders give up, and the mail waits.",
            "See whether the mail server hangs (DNS lookups, a full disk), or a firewall stands in its place.")
        : Finding.fail(
            id(),
            visited.place(),
            "Connected, and the connection was ended before a greeting.",
            "It lets nobody in, or not us: a block list, a limit on connections, or a firewall that resets.",
            "Look into the server's log for our address; see what stands before it (tcpwrappers, a proxy).");
  }

  private List<Finding> heard(Visited visited, Heard heard, Facts facts) {
    List<Finding> findings = new ArrayList<>();
    switch (heard.kind()) {
      case DONE -> findings.addAll(good(visited, heard, facts));
      case NOT_NOW -> findings.add(notNow(visited, heard));
      case NEVER -> findings.add(never(visited, heard));
      case NONSENSE, GO_ON -> findings.add(nonsense(visited, heard));
    }
    form(visited, heard).ifPresent(findings::add);
    return findings;
  }

  private Finding notNow(Visited visited, Heard heard) {
    return Finding.warn(
        id(),
        visited.place(),
        "It greets with \"" + Said.line(heard) + "\": not now.",
        "Mail waits at its senders and is tried again.",
        "If it lasts: look into the server's log for why (too many connections, a check that fails).");
  }

  private Finding never(Visited visited, Heard heard) {
    return Finding.fail(
        id(),
        visited.place(),
        "It greets with \"" + Said.line(heard) + "\": it takes no mail, or none from here.",
        "554 instead of 220 means that there is no service (RFC 5321 §3.1); mail goes to other hosts or comes back.",
        "If others may send, it is our address that it does not like; else start the service or remove the MX record.");
  }

  private Finding nonsense(Visited visited, Heard heard) {
    return Finding.fail(
        id(),
        visited.place(),
        "It is no mail server that answers: \"" + Said.first(heard) + "\".",
        "Nobody can send mail there.",
        "See which program listens on port 25, and where the address in the DNS leads.");
  }

  private List<Finding> good(Visited visited, Heard heard, Facts facts) {
    String name = Extensions.firstWord(heard.text());
    if (isMasked(heard.text())) {
      return List.of(
          Finding.warn(
              id(),
              visited.place(),
              "The greeting is rewritten: \"" + Said.first(heard) + "\".",
              "A firewall that \"inspects\" SMTP changes what is said; it often hides STARTTLS too, and breaks mail.",
              "Switch the inspection off (on Cisco: no fixup protocol smtp, no inspect esmtp)."));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(time(visited, heard));
    boolean isHost = DomainParser.parse(name) instanceof Parsed.Right && name.indexOf('.') > 0;
    if (isHost && !facts.greetedRightly().contains(visited.target())) {
      findings.add(
          Finding.note(
              id(),
              visited.place(),
              "It greets as " + name + ", a name that does not lead to its address.",
              "Nobody refuses mail for it. If you do not know that name, something else answers in its place.",
              "Let the server greet with a name that has its address."));
    }
    return findings;
  }

  private static boolean isMasked(String text) {
    return text.startsWith("***") || text.contains("****");
  }

  /** A delay on purpose is one that only the greeting has. */
  private Finding time(Visited visited, Heard heard) {
    Duration took = heard.took();
    if (took.compareTo(SLOW) < 0) {
      return Finding.ok(
          id(), visited.place(), "\"" + Said.first(heard) + "\" in " + Said.span(took) + ".");
    }
    return isDeliberate(visited)
        ? Finding.note(
            id(),
            visited.place(),
            "It greets after "
                + Said.span(took)
                + " and then answers quickly: a delay on purpose, not slowness.",
            "Who talks before the greeting is sent away (RFC 5321 §4.3.1); real servers wait.",
            "")
        : Finding.warn(
            id(),
            visited.place(),
            "It greets after " + Said.span(took) + " and answers slowly after that too.",
            "Senders with little patience give up; all others are kept waiting.",
            "Look at what it does meanwhile: reverse lookups, lists that do not answer, load.");
  }

  static boolean isDeliberate(Visited visited) {
    return visited
        .greeting()
        .filter(greeting -> greeting.took().compareTo(SLOW) >= 0)
        .flatMap(greeting ->
            visited.ehlo().map(ehlo -> ehlo.took().compareTo(greeting.took().dividedBy(3)) < 0))
        .orElse(false);
  }

  private Optional<Finding> form(Visited visited, Heard heard) {
    if (heard.kind() == Heard.Kind.NONSENSE || heard.flaw().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.warn(
            id(),
            visited.place(),
            "What it says is not well formed: " + heard.flaw() + ".",
            "Strict senders take it for nonsense and hang up (RFC 5321 §2.3.8: CRLF ends a line).",
            "Update the server, or what rewrites its lines."));
  }
}
