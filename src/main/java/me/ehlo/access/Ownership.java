package me.ehlo.access;

import java.util.Collection;
import java.util.Optional;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.StorageFailure;
import me.ehlo.sasl.Identity;

/**
 * Under which addresses an account may write: those by which a mail reaches it (its own, that with {@code +detail}, and each
 * alias or list that leads to it), so that whoever answers is answered by the one who wrote.
 */
public final class Ownership {
  private final Recipients recipients;

  public Ownership(Recipients recipients) {
    this.recipients = recipients;
  }

  /** The first of these addresses that is not the account's. */
  Optional<Mailbox> foreign(Identity login, Collection<Mailbox> addresses) throws StorageFailure {
    for (Mailbox address : addresses) {
      if (!owns(login, address)) {
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }

  private boolean owns(Identity login, Mailbox address) throws StorageFailure {
    return recipients.resolve(new ForwardPath.To(address)) instanceof Recipients.Found.Users users
        && users.accounts().stream().anyMatch(account -> account.id().equals(login.account()));
  }
}
