package me.ehlo.relay;

import me.ehlo.mail.Domain;

/**
 * A way of their own for some domains.
 *
 * @param domain the domain, or the one whose subdomains are meant
 * @param subdomains whether the subdomains of the domain are meant, at any depth, and not itself
 */
public record Route(Domain domain, boolean subdomains, Way way) {

  boolean isFor(Domain other) {
    return subdomains ? other.ascii().endsWith("." + domain.ascii()) : other.equals(domain);
  }

  /** Of two that are for the same domain: that very domain before its parents, and of those the nearest. */
  boolean isMoreSpecialThan(Route other) {
    return subdomains == other.subdomains
        ? domain.ascii().length() > other.domain.ascii().length()
        : !subdomains;
  }
}
