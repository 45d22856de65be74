package me.ehlo.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;

/** Reads names, addresses, networks, lists, tables and folders. */
final class Names {
  private Names() {}

  static Domain domain(String text, Surroundings surroundings) throws BadValue {
    return switch (DomainParser.parse(text)) {
      case Parsed.Right<Domain>(Domain domain) -> domain;
      case Parsed.Wrong<Domain>(String why) ->
          throw new BadValue("\"" + text + "\" is no domain name: " + why);
    };
  }

  static List<Domain> domains(String text, Surroundings surroundings) throws BadValue {
    List<Domain> domains = zones(text, surroundings);
    if (domains.isEmpty()) {
      throw new BadValue("a mail server needs at least one domain that is its own");
    }
    return domains;
  }

  /** Domains, each once; perhaps none. */
  static List<Domain> zones(String text, Surroundings surroundings) throws BadValue {
    List<Domain> domains = new ArrayList<>();
    for (String part : parts(text)) {
      Domain domain = domain(part, surroundings);
      if (domains.contains(domain)) {
        throw new BadValue("\"" + part + "\" is there twice");
      }
      domains.add(domain);
    }
    return List.copyOf(domains);
  }

  /** An address, or none. */
  static Optional<Mailbox> mailbox(String text, Surroundings surroundings) throws BadValue {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return switch (AddressParser.mailbox(text)) {
      case Parsed.Right<Mailbox>(Mailbox mailbox) -> Optional.of(mailbox);
      case Parsed.Wrong<Mailbox>(String why) ->
          throw new BadValue("\"" + text + "\" is no address: " + why);
    };
  }

  static List<Network> networks(String text, Surroundings surroundings) throws BadValue {
    List<Network> networks = new ArrayList<>();
    for (String part : parts(text)) {
      switch (Network.parse(part)) {
        case Parsed.Right<Network>(Network network) -> networks.add(network);
        case Parsed.Wrong<Network>(String why) ->
            throw new BadValue("\"" + part + "\" cannot stand here, " + why);
      }
    }
    return List.copyOf(networks);
  }

  static Path folder(String text, Surroundings surroundings) throws BadValue {
    if (text.isBlank()) {
      throw new BadValue("this needs the name of a folder");
    }
    try {
      return surroundings.folder().resolve(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new BadValue("\"" + text + "\" is no path: " + e.getReason());
    }
  }

  /** A path, perhaps below a folder that is not known yet; or none. */
  static Optional<Path> path(String text, Surroundings surroundings) throws BadValue {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      throw new BadValue("\"" + text + "\" is no path: " + e.getReason());
    }
  }

  /** Names of users of the machine, perhaps none; empty for any. */
  static Optional<Set<String>> users(String text, Surroundings surroundings) {
    List<String> names = parts(text);
    return names.equals(List.of("any"))
        ? Optional.empty()
        : Optional.of(Set.copyOf(new HashSet<>(names)));
  }

  /** Files, whether they exist or not; perhaps none. */
  static List<Path> files(String text, Surroundings surroundings) throws BadValue {
    List<Path> files = new ArrayList<>();
    for (String part : parts(text)) {
      files.add(folder(part, surroundings));
    }
    return List.copyOf(files);
  }

  /** The items of a list written with commas; none for an empty text. */
  static List<String> parts(String text) {
    return text.isBlank() ? List.of() : Stream.of(text.split(",", -1)).map(String::strip).toList();
  }

  /** The entries of a table written {@code name=value,name=value}, names in lower case; of two with one name, the last. */
  static Map<String, String> table(String text) throws BadValue {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String part : parts(text)) {
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw new BadValue("\"" + part + "\" is no entry: write NAME=VALUE");
      }
      String name = part.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      entries.put(name, part.substring(equals + 1).strip());
    }
    return entries;
  }

  /** Two tables in one; what the second says counts. */
  static String joined(String first, String second) throws BadValue {
    return table(first + "," + second).entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }

  static String distinct(String... names) {
    return Stream.of(names).distinct().collect(Collectors.joining(","));
  }
}
