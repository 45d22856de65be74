package me.ehlo.spool;

import me.ehlo.mail.Domain;
import me.ehlo.mail.StorageFailure;

/** "These are now due": how a mail gets from taking to handing on. Implemented by the queue, joined in the wiring. */
public interface Arrivals {

  /** When recipients elsewhere of a mail accepted now shall be tried. Asked before each commit; quick. */
  FirstTry firstTry();

  /** The mail has reached the disk with recipients elsewhere, or with a report that is owed; returns at once. */
  void kept(Arrival arrival);

  /**
   * What waits for this domain is due now (ETRN, RFC 1985).
   *
   * @param subdomains whether what waits for domains below it is meant as well
   * @return how many recipients that are
   */
  long flush(Domain domain, boolean subdomains) throws StorageFailure;
}
