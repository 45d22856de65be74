package me.ehlo.check;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.ehlo.dns.Dns.Answer;

/** Whether an address has a name that leads back to it, and whether the server calls itself so. */
final class ReverseCheck implements Check {
  private static final String MEANS =
      "If it sends from this address too, many servers refuse its mail or take it for spam.";

  @Override
  public String id() {
    return "rdns";
  }

  @Override
  public List<Finding> findings(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Visited visited : facts.visits()) {
      InetAddress address = visited.target().address();
      Optional.ofNullable(facts.reverses().get(address))
          .ifPresent(reverse -> findings.add(finding(visited, address, reverse)));
    }
    return findings;
  }

  private Finding finding(Visited visited, InetAddress address, Reverse reverse) {
    Place place = visited.place();
    if (!Reachability.unreachable(address).isEmpty()) {
      return Finding.skip(id(), place, "Nobody outside knows a name for this address.");
    }
    return switch (reverse.names()) {
      case Answer.Found<String>(var names) -> named(visited, names, reverse.confirmed());
      case Answer.None<String>(), Answer.NoSuchName<String>() ->
          Finding.warn(
              id(),
              place,
              "Its address has no name (no PTR record).",
              MEANS,
              "Ask whoever gives you the address (provider, hoster) to set its name to "
                  + visited.target().host()
                  + ".");
      case Answer.Trouble<String>(var why) ->
          Finding.unknown(id(), place, "The DNS does not tell its address's name: " + why + ".");
    };
  }

  private Finding named(Visited visited, List<String> names, List<String> confirmed) {
    Place place = visited.place();
    if (confirmed.isEmpty()) {
      return Finding.warn(
          id(),
          place,
          "Its address is called " + names.getFirst() + ", and that name does not lead back to it.",
          MEANS,
          "Add an address record for " + names.getFirst() + ", or have the PTR record changed.");
    }
    String itself = visited.lastEhlo().map(heard -> Extensions.of(heard).name()).orElse("");
    boolean same = confirmed.stream().anyMatch(itself::equalsIgnoreCase);
    return same || itself.isEmpty()
        ? Finding.ok(id(), place, "Its address is called " + confirmed.getFirst() + ", and back.")
        : Finding.note(
            id(),
            place,
            "Its address is called " + confirmed.getFirst() + ", it calls itself " + itself + ".",
            "Mostly harmless; strict servers want both to be the same where it sends.",
            "Let the PTR record and the server's host name be the same.");
  }
}
