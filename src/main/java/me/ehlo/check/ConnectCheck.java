package me.ehlo.check;

import java.util.ArrayList;
import java.util.List;
import me.ehlo.call.Reach;

/** Whether somebody is there on port 25. */
final class ConnectCheck implements Check {
  private static final String PORT25 = "ehlo check --port25 --probe tells whether it is near you.";

  @Override
  public String id() {
    return "connect";
  }

  @Override
  public List<Finding> findings(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Visited visited : facts.visits()) {
      findings.add(finding(visited, facts));
    }
    return findings;
  }

  private Finding finding(Visited visited, Facts facts) {
    Place place = visited.place();
    return switch (visited.reach()) {
      case Reach.Connected(var took) ->
          Finding.ok(id(), place, "Connected in " + Said.span(took) + ".");
      case Reach.Refused() ->
          Finding.fail(
              id(),
              place,
              "The connection is refused: the host is there, and nobody listens on its port.",
              "Mail waits at its senders, and comes back after some days if no other host takes it.",
              "Start the mail server, let it listen on this address, and look at the host's firewall (REJECT).");
      case Reach.NoAnswer(var waited) -> silent(visited, Said.span(waited), facts);
      case Reach.Unreachable(var why) ->
          Finding.fail(
              id(),
              place,
              "It cannot be reached: " + why + ".",
              "Somebody on the way, or a firewall, says that mail does not get there.",
              "Look at the address in the DNS, at the routes to it, and at the host's firewall.");
      case Reach.NoRoute() ->
          othersAreReached(facts)
              ? Finding.skip(
                  id(), place, "This machine has no IP" + place.family() + ": not looked at.")
              : Finding.unknown(
                  id(), place, "This machine has no way to IP" + place.family() + " addresses.");
    };
  }

  private static boolean othersAreReached(Facts facts) {
    return facts.visits().stream().anyMatch(visited -> visited.reach().isConnected());
  }

  /** Whose fault silence is can only be said where our own port 25 is known to be open. */
  private Finding silent(Visited visited, String waited, Facts facts) {
    Place place = visited.place();
    String family = place.family();
    boolean oursIsOpen =
        facts.visits().stream()
            .anyMatch(it -> it.place().family().equals(family) && it.reach().isConnected());
    boolean alive =
        visited.doors().values().stream()
            .anyMatch(
                knock -> knock.reach().isConnected() || knock.reach() instanceof Reach.Refused);
    String saw =
        "No answer in "
            + waited
            + (alive
                ? "; other ports of the host answer: port 25 is filtered on the way."
                : "; nor do other ports of the host answer.");
    if (oursIsOpen) {
      return Finding.fail(
          id(),
          place,
          saw,
          "Packets to it are dropped. Senders wait long at it before they try another host.",
          alive
              ? "Open port 25 in the firewall of the host, or of its provider."
              : "Start the host, or take its address out of the DNS; look at the firewall before it.");
    }
    return Finding.unknown(
        id(), place, saw + " It may be here that it is filtered: no host answers.", PORT25);
  }
}
