package me.ehlo.spool;

/** Custody of mails: what 250 was said for is here until its last recipient is settled. */
public interface Spool {

  /** Begins a mail; cheap, and without a promise. */
  Draft begin();
}
