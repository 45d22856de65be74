package me.ehlo.store;

import me.ehlo.access.Directory;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrops;
import me.ehlo.spool.Spool;

/** The three rooms over one store, of whatever kind. */
public interface Custody extends AutoCloseable {
  Spool spool();

  Maildrops maildrops();

  Directory directory();

  @Override
  default void close() throws StorageFailure {}
}
