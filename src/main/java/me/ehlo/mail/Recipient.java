package me.ehlo.mail;

import java.util.List;
import java.util.Optional;

/**
 * One accepted recipient of a mail, and where it leads; at least one account or mailbox.
 *
 * @param path as the client gave it, without source route
 * @param accounts the local accounts it leads to, each once
 * @param elsewhere the mailboxes at other sites it leads to, each once: itself, or the targets of an alias
 * @param notices what the sender wants to be told (RFC 3461 §4.1)
 * @param orcpt the recipient as the sender first wrote it (RFC 3461 §4.2)
 */
public record Recipient(
    ForwardPath path,
    List<AccountId> accounts,
    List<Mailbox> elsewhere,
    Notify notices,
    Optional<Orcpt> orcpt) {
  public Recipient {
    accounts = List.copyOf(accounts);
    elsewhere = List.copyOf(elsewhere);
  }

  /** A recipient with a maildrop here, or several. */
  public static Recipient local(ForwardPath path, List<AccountId> accounts) {
    return new Recipient(path, accounts, List.of(), Notify.UNSAID, Optional.empty());
  }

  /** A recipient at another site. */
  public static Recipient elsewhere(Mailbox mailbox) {
    return new Recipient(
        new ForwardPath.To(mailbox), List.of(), List.of(mailbox), Notify.UNSAID, Optional.empty());
  }

  /** The same, with what the sender wants to be told. */
  public Recipient with(Notify wanted, Optional<Orcpt> original) {
    return new Recipient(path, accounts, elsewhere, wanted, original);
  }

  /** Whether it is an alias for several: "expanded" in a report's words (RFC 3464 §2.3.3). */
  public boolean expands() {
    return accounts.size() + elsewhere.size() > 1;
  }

  /** Whether it is an alias of ours that leads to other sites, and not itself a mailbox there. */
  public boolean forwards() {
    boolean itself = path instanceof ForwardPath.To(var mailbox) && elsewhere.contains(mailbox);
    return !elsewhere.isEmpty() && !itself;
  }
}
