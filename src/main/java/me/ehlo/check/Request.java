package me.ehlo.check;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Mailbox;

/**
 * What somebody wants to know of a domain.
 *
 * @param rcpt whether this recipient is taken
 * @param sender in whose name it is asked, besides the null sender
 * @param elsewhere a mailbox that is none of the domain's; whether mail for it is taken shows an open relay
 * @param lists zones that list bad senders, asked about each host and about {@code own}
 * @param own addresses from which we send
 * @param only ids of checks; empty: all
 */
public record Request(
    Domain domain,
    Optional<Mailbox> rcpt,
    Optional<String> sender,
    String elsewhere,
    List<Domain> lists,
    List<InetAddress> own,
    Set<String> only) {
  public Request {
    lists = List.copyOf(lists);
    own = List.copyOf(own);
    only = Set.copyOf(only);
  }
}
