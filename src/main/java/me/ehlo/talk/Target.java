package me.ehlo.talk;

import java.nio.file.Path;
import java.util.List;
import me.ehlo.call.Destination;
import me.ehlo.call.Directions;
import me.ehlo.mail.Domain;

/** Whom to talk to. */
public sealed interface Target {

  /** A host, by name or address. */
  record Host(String name, int port) implements Target {}

  /** Whoever takes mail for a domain. */
  record MailOf(Domain domain, int port) implements Target {}

  /** Whoever listens at a socket in the file system. */
  record Socket(Path path) implements Target {}

  /** As people read it, and as it stands in the name of a file. */
  default String name() {
    return switch (this) {
      case Host(var name, _) -> name;
      case MailOf(var domain, _) -> domain.toString();
      case Socket(var path) -> path.toString();
    };
  }

  /** Where that is; blocks while the DNS is asked. */
  default Directions.Way way(Directions directions) {
    return switch (this) {
      case Host(var name, var port) -> directions.host(name, port);
      case MailOf(var domain, var port) -> directions.domain(domain, port);
      case Socket(var path) -> new Directions.Way.To(List.of(Destination.of(path)));
    };
  }
}
