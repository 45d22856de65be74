package me.ehlo.relay;

import me.ehlo.access.Recipients;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.StorageFailure;

/** Who lives here: asked when a mail that was to leave turns out to be for one of our domains. */
@FunctionalInterface
public interface Residents {
  /** Whom this address leads to. */
  Recipients.Found find(Mailbox mailbox) throws StorageFailure;
}
