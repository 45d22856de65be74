package me.ehlo.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which extensions a server of today should have, and has not; and whether it keeps what it promises. */
final class ExtensionsCheck implements Check {
  private static final long SIZE_LEAST = 64 * 1024; // RFC 5321 §4.5.3.1.7
  private static final long SIZE_USUAL = 10_000_000;
  private static final Map<String, String> WANTED =
      new TreeMap<>(
          Map.of(
              "8BITMIME", "mail with umlauts has to be recoded",
              "PIPELINING", "each mail takes some round trips more",
              "ENHANCEDSTATUSCODES", "reports say less about why mail was refused",
              "SMTPUTF8", "addresses that are not ASCII cannot have mail"));

  @Override
  public String id() {
    return "extensions";
  }

  @Override
  public List<Finding> findings(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Visited visited : facts.visits()) {
      visited
          .lastEhlo()
          .ifPresent(heard -> {
            Extensions offered = Extensions.of(heard);
            List<Finding> here = new ArrayList<>();
            pipelining(visited).ifPresent(here::add);
            size(visited, offered).ifPresent(here::add);
            missing(visited, offered).ifPresent(here::add);
            if (here.isEmpty()) {
              here.add(
                  Finding.ok(id(), visited.place(), "It offers what a server of today offers."));
            }
            findings.addAll(here);
          });
    }
    return findings;
  }

  private Optional<Finding> pipelining(Visited visited) {
    return visited
        .pipelined()
        .filter(works -> !works)
        .map(_ ->
            Finding.fail(
                id(),
                visited.place(),
                "It offers PIPELINING, and does not answer commands that are sent together.",
                "Servers that take it at its word hang at it; their mail waits.",
                "Switch PIPELINING off, or mend what stands before the server (RFC 2920)."));
  }

  private Optional<Finding> size(Visited visited, Extensions offered) {
    long size = offered.parameter("SIZE").map(ExtensionsCheck::number).orElse(0L);
    if (size <= 0 || size >= SIZE_USUAL) {
      return Optional.empty();
    }
    String saw = "It takes mails up to " + size + " octets only (SIZE).";
    return Optional.of(
        size < SIZE_LEAST
            ? Finding.warn(
                id(),
                visited.place(),
                saw,
                "Nearly every mail of today is larger, and is refused; 64 kB is the least (RFC 5321 §4.5.3.1.7).",
                "Raise the limit; 35 to 50 MB are usual.")
            : Finding.note(
                id(),
                visited.place(),
                saw,
                "Larger ones, with attachments, are refused at once.",
                "Raise the limit if that is not meant; 35 to 50 MB are usual."));
  }

  private static long number(String digits) {
    boolean isNumber =
        !digits.isEmpty()
            && digits.length() <= 18
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Long.parseLong(digits) : 0;
  }

  private Optional<Finding> missing(Visited visited, Extensions offered) {
    List<String> missing = WANTED.keySet().stream().filter(word -> !offered.has(word)).toList();
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String means = String.join("; ", missing.stream().map(WANTED::get).toList());
    return Optional.of(
        Finding.note(
            id(),
            visited.place(),
            "It does not offer " + String.join(", ", missing) + ".",
            Character.toUpperCase(means.charAt(0)) + means.substring(1) + ".",
            ""));
  }
}
