package me.ehlo.access;

import me.ehlo.mail.Domain;

/** Asks whether a domain can have mail at all; answered by the domain name system. */
@FunctionalInterface
public interface DomainLookup {

  /** For sites that do not care ({@code policy.sender-domain = any}): asks nobody. */
  DomainLookup NOT_ASKED = _ -> new Existence.Exists();

  /** Blocks while it asks, for a bounded time. */
  Existence find(Domain domain);

  /** What is known about a domain. */
  sealed interface Existence {

    /** It has an MX record, or an address. */
    record Exists() implements Existence {}

    /** It says that it neither takes nor sends mail (RFC 7505 §4.2). */
    record NullMx() implements Existence {}

    /** It does not exist, or has neither an MX record nor an address. */
    record Missing() implements Existence {}

    /** The domain name system cannot tell now. */
    record Trouble(String why) implements Existence {}
  }
}
