package me.ehlo;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The plan of the house: its rooms in four rows, and the arrows between rooms of one row. */
final class Rooms {

  /** A room may know every room of the rows above its own. */
  private static final List<Set<String>> ROWS =
      List.of(
          Set.of("mail", "lines"),
          Set.of(
              "smtp",
              "smtp.server",
              "smtp.client",
              "pop3",
              "sasl",
              "dsn",
              "trace",
              "mime",
              "script",
              "explain"),
          Set.of("spool", "queue", "maildrop", "access"),
          Set.of(
              "net", "dns", "front", "relay", "store", "control", "console", "call", "talk", "send",
              "check", "config", "watch"));

  /** The exceptions: arrows within a row. */
  private static final Map<String, Set<String>> NEIGHBOURS =
      Map.ofEntries(
          Map.entry("smtp", Set.of("sasl")),
          Map.entry("smtp.server", Set.of("smtp", "sasl")),
          Map.entry("smtp.client", Set.of("smtp", "sasl")),
          Map.entry("pop3", Set.of("sasl")),
          Map.entry("queue", Set.of("spool")),
          Map.entry("maildrop", Set.of("spool")),
          Map.entry("front", Set.of("net")),
          Map.entry("control", Set.of("net")),
          Map.entry("relay", Set.of("net", "dns")),
          Map.entry("call", Set.of("net", "dns")),
          Map.entry("talk", Set.of("net", "dns", "call")),
          Map.entry("send", Set.of("net", "dns", "call")),
          Map.entry("check", Set.of("net", "dns", "call")));

  /** Arrows that the rows would allow and the plan forbids. */
  private static final Map<String, Set<String>> NEVER =
      Map.of(
          // SQLite or PostgreSQL is a decision of the wiring, and no conversation's business.
          "store", Set.of("smtp", "smtp.server", "smtp.client", "pop3", "sasl"),
          // The commit is the boundary between taking and handing on.
          "front", Set.of("queue"));

  /** In the front door only the wiring knows how the house is furnished. */
  private static final Map<String, Set<String>> ONLY_KNOWN_TO =
      Map.of(
          "store", Set.of("Server", "Administrator"),
          "config",
              Set.of(
                  "Server",
                  "Administrator",
                  "Outbound",
                  "Doors",
                  "Gatehouse",
                  "Client",
                  "Checker",
                  "Talking",
                  "Dispatch",
                  "Main"));

  private final String house;
  private final Map<String, Set<String>> known = new HashMap<>();

  /** The rooms under a package: {@code me.ehlo}, or the place where violations are planted. */
  Rooms(String house) {
    this.house = house;
    Set<String> above = Set.of();
    for (Set<String> row : ROWS) {
      for (String room : row) {
        Set<String> knows = new TreeSet<>(above);
        knows.addAll(NEIGHBOURS.getOrDefault(room, Set.of()));
        knows.removeAll(NEVER.getOrDefault(room, Set.of()));
        known.put(room, knows);
      }
      above = union(above, row);
    }
  }

  /** Every room of the plan. */
  static Set<String> all() {
    return ROWS.stream().reduce(Set.of(), Rooms::union);
  }

  /** Whether a class stands in one of the first rows, counted from 1. */
  boolean inRows(JavaClass type, int first, int last) {
    return roomOf(type)
        .map(room -> ROWS.subList(first - 1, last).stream().anyMatch(row -> row.contains(room)))
        .orElse(false);
  }

  /** Whether a class is at the door, in a room, or no class of ours at all: the plan has a place for it. */
  boolean contain(JavaClass type) {
    return !ours(type) || atTheDoor(type) || roomOf(type).isPresent();
  }

  /** The room a class stands in, as people call it. */
  String nameOf(JavaClass type) {
    return roomOf(type).orElse("the door");
  }

  /** Whether the plan has an arrow from one class to another; there is always one to what is not ours. */
  boolean mayKnow(JavaClass from, JavaClass to) {
    if (!ours(from) || !ours(to)) {
      return true;
    }
    if (atTheDoor(from)) {
      return atTheDoor(to) || doorMayKnow(from, nameOf(to));
    }
    String here = nameOf(from);
    String there = nameOf(to);
    return here.equals(there) || known.getOrDefault(here, Set.of()).contains(there);
  }

  private boolean doorMayKnow(JavaClass from, String room) {
    return !ONLY_KNOWN_TO.containsKey(room) || ONLY_KNOWN_TO.get(room).contains(topLevel(from));
  }

  private boolean ours(JavaClass type) {
    return atTheDoor(type) || type.getPackageName().startsWith(house + ".");
  }

  private boolean atTheDoor(JavaClass type) {
    return type.getPackageName().equals(house);
  }

  /** The longest name that fits: smtp.server is not smtp. */
  private Optional<String> roomOf(JavaClass type) {
    String place = type.getPackageName();
    while (place.startsWith(house + ".")) {
      String room = place.substring(house.length() + 1);
      if (known.containsKey(room)) {
        return Optional.of(room);
      }
      place = place.substring(0, place.lastIndexOf('.'));
    }
    return Optional.empty();
  }

  private static String topLevel(JavaClass type) {
    String name = type.getName().substring(type.getPackageName().length() + 1);
    return name.replaceFirst("\\$.*", "");
  }

  private static Set<String> union(Set<String> some, Set<String> more) {
    Set<String> both = new TreeSet<>(some);
    both.addAll(more);
    return both;
  }
}
