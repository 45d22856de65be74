package me.ehlo.talk;

import me.ehlo.mail.Domain;

/** Whom to talk to. */
public sealed interface Target {

  /** A host, by name or address. */
  record Host(String name, int port) implements Target {}

  /** Whoever takes mail for a domain. */
  record MailOf(Domain domain, int port) implements Target {}

  int port();

  /** As people read it, and as it stands in the name of a file. */
  default String name() {
    return switch (this) {
      case Host(var name, _) -> name;
      case MailOf(var domain, _) -> domain.toString();
    };
  }
}
