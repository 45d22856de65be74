package me.ehlo.spool;

import java.util.Optional;
import me.ehlo.mail.MailId;
import me.ehlo.mail.StorageFailure;

/** Custody of mails: what 250 was said for is here until its last recipient is settled. */
public interface Spool {

  /** Begins a mail; cheap, and without a promise. */
  Draft begin();

  /** Opens a mail to hand it on; empty when it is not here any more. A fresh arrival is given from memory. */
  Optional<SpooledMail> open(MailId id) throws StorageFailure;
}
