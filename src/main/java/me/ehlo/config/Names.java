package me.ehlo.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.Parsed;

/** Reads domain names, lists and folders. */
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
    List<Domain> domains = new ArrayList<>();
    for (String part : parts(text)) {
      Domain domain = domain(part, surroundings);
      if (domains.contains(domain)) {
        throw new BadValue("\"" + part + "\" is there twice");
      }
      domains.add(domain);
    }
    if (domains.isEmpty()) {
      throw new BadValue("a mail server needs at least one domain that is its own");
    }
    return List.copyOf(domains);
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

  /** The items of a list written with commas; none for an empty text. */
  static List<String> parts(String text) {
    return text.isBlank() ? List.of() : Stream.of(text.split(",", -1)).map(String::strip).toList();
  }

  static String distinct(String... names) {
    return Stream.of(names).distinct().collect(Collectors.joining(","));
  }
}
