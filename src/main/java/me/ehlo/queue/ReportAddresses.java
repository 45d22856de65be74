package me.ehlo.queue;

import java.util.Optional;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.StorageFailure;

/** Where a report goes. Implemented by whoever knows this site's users. */
@FunctionalInterface
public interface ReportAddresses {

  /** The recipient that this address is: local, elsewhere, or an alias; empty when nobody here has that name. */
  Optional<Recipient> find(Mailbox address) throws StorageFailure;
}
