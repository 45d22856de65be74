package me.ehlo.control;

import java.util.List;
import java.util.stream.Collectors;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Parsed;

/** Reads the addresses that administrators type, most of which must be ours. */
final class Addresses {
  private final List<Domain> domains;

  Addresses(List<Domain> domains) {
    this.domains = domains;
  }

  /** The address, whatever its domain: an account of a domain that is no longer ours can still be looked after. */
  Mailbox any(String text) throws Refused {
    return switch (AddressParser.mailbox(text)) {
      case Parsed.Right<Mailbox>(Mailbox mailbox) -> mailbox;
      case Parsed.Wrong<Mailbox>(String why) ->
          throw new Refused(text + ": " + why + "." + hint(text));
    };
  }

  Mailbox ours(String text) throws Refused {
    Mailbox mailbox = any(text);
    if (!isOurs(mailbox)) {
      throw new Refused(
          text
              + ": "
              + mailbox.host()
              + " is not one of our domains, which are "
              + domains.stream().map(Domain::toString).collect(Collectors.joining(", "))
              + ". To make it one, add it to \"domains\" in the configuration and restart the"
              + " server.");
    }
    return mailbox;
  }

  /** Whether mail for it is ours to keep. */
  boolean isOurs(Mailbox mailbox) {
    return mailbox.host() instanceof Domain domain && domains.contains(domain);
  }

  boolean isPostmaster(Mailbox mailbox) {
    return mailbox.localPart().key().equals("postmaster")
        && mailbox.host().equals(domains.getFirst());
  }

  private String hint(String text) {
    return text.contains("@") ? "" : " Did you mean " + text + "@" + domains.getFirst() + "?";
  }
}
