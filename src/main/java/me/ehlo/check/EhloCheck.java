package me.ehlo.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import me.ehlo.call.Heard;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;

/** Whether EHLO is understood, and what name the server gives itself (RFC 5321 §4.1.1.1). */
final class EhloCheck implements Check {
  private static final Duration SLOW = Duration.ofSeconds(5);

  @Override
  public String id() {
    return "ehlo";
  }

  @Override
  public List<Finding> findings(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Visited visited : facts.visits()) {
      if (visited.ehlo().isPresent()) {
        findings.add(heard(visited, visited.ehlo().get()));
        slow(visited, visited.ehlo().get()).ifPresent(findings::add);
      } else if (visited.greeting().filter(it -> it.kind() == Heard.Kind.DONE).isPresent()) {
        findings.add(lost(visited));
      } else {
        findings.add(
            Finding.unknown(id(), visited.place(), "Not looked at: it did not come to EHLO."));
      }
    }
    return findings;
  }

  private Finding lost(Visited visited) {
    boolean silent = visited.lost().map(Visited.Lost::silent).orElse(false);
    return Finding.fail(
        id(),
        visited.place(),
        silent ? "No answer to EHLO." : "The connection ended when EHLO was said.",
        "No mail gets in.",
        "Look into the server's log; something before it may break off what it does not know.");
  }

  private Finding heard(Visited visited, Heard heard) {
    if (!heard.isGood()) {
      return refused(visited, heard);
    }
    String name = Extensions.of(heard).name();
    String wrong = wrong(name);
    if (wrong.isEmpty()) {
      return Finding.ok(id(), visited.place(), "It calls itself " + name + ".");
    }
    return Finding.warn(
        id(),
        visited.place(),
        "It calls itself \"" + name + "\", which is " + wrong + ".",
        "If it says the same when it sends, many servers refuse its mail (RFC 5321 §4.1.4 wants its full name).",
        "Set its host name to a name that the DNS knows (in Postfix: myhostname, in Ehlo: hostname).");
  }

  private Finding refused(Visited visited, Heard heard) {
    boolean old = visited.helo().filter(Heard::isGood).isPresent();
    if (old) {
      return Finding.warn(
          id(),
          visited.place(),
          "EHLO is refused (\"" + Said.line(heard) + "\"), HELO is taken.",
          "No TLS, no size limit, no eight-bit mail: everything that is newer than 1995 is missing.",
          "Update the server, or switch off what \"inspects\" SMTP in front of it.");
    }
    return heard.kind() == Heard.Kind.NOT_NOW
        ? Finding.warn(
            id(),
            visited.place(),
            "EHLO is answered with \"" + Said.line(heard) + "\": not now.",
            "Mail waits at its senders and is tried again.",
            "If it lasts, look into the server's log.")
        : Finding.fail(
            id(),
            visited.place(),
            "EHLO is refused: \"" + Said.line(heard) + "\".",
            "No mail gets in, at least not from us.",
            "If others may send, it does not like the name or address that we have; else look into its log.");
  }

  private static String wrong(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("localhost")) {
      return "a name of every machine";
    }
    String bare =
        lower.startsWith("[") && lower.endsWith("]")
            ? lower.substring(1, lower.length() - 1)
            : lower;
    if (Network.parse(bare) instanceof Parsed.Right) {
      return "an address and no name";
    }
    if (!(DomainParser.parse(lower) instanceof Parsed.Right)) {
      return "no name of a host";
    }
    return lower.indexOf('.') < 0 ? "no full name" : "";
  }

  private Optional<Finding> slow(Visited visited, Heard heard) {
    if (heard.took().compareTo(SLOW) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.warn(
            id(),
            visited.place(),
            "It takes " + Said.span(heard.took()) + " to answer EHLO.",
            "Senders are kept waiting; those with little patience give up.",
            "Look at what it does meanwhile: reverse lookups, lists that do not answer, load."));
  }
}
